using Busy;
using Microsoft.EntityFrameworkCore;

using var context = new PlainContext();
Console.WriteLine($"{context.Notes.Count()} notes");
