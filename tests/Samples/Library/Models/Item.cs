namespace Library.Models;

/// <summary>Anything that can be lent.</summary>
public abstract class Item
{
    public int Id { get; set; }

    public required string Title { get; set; }

    public required string ShelfMark { get; set; }

    public string? Language { get; set; }

    public List<Copy> Copies { get; } = [];

    public List<Subject> Subjects { get; } = [];
}
