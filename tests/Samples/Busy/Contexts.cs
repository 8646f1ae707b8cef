using Microsoft.EntityFrameworkCore;

namespace Busy;

public class Note
{
    public int Id { get; set; }

    public required string Title { get; set; }
}

/// <summary>One table, and a history of its own for each way to be in somebody's way.</summary>
public abstract class NotesContext : DbContext
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnConfiguring(DbContextOptionsBuilder options)
        => options.UseNpgsql(Environment.GetEnvironmentVariable("BUSY") ?? "Host=localhost");

    protected override void OnModelCreating(ModelBuilder model)
        => model.Entity<Note>(note => note.Property(each => each.Title).HasMaxLength(100));
}

public class PlainContext : NotesContext;

public class ConcurrentContext : NotesContext;

public class UniqueContext : NotesContext;

public class SlowContext : NotesContext;

public class EditedContext : NotesContext;

public class PruneContext : NotesContext;

public class GuardedContext : NotesContext;

public class WaitingContext : NotesContext;
