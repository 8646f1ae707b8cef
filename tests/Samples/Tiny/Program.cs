using Microsoft.EntityFrameworkCore;
using Tiny;

using var context = new NotesContext();
context.Database.Migrate();

Console.WriteLine($"{context.Notes.Count()} notes");
