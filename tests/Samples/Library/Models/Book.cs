namespace Library.Models;

public class Book : Item
{
    public string? Isbn { get; set; }

    public int? Pages { get; set; }

    public List<Author> Authors { get; } = [];
}
