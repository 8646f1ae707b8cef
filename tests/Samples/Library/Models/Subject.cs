namespace Library.Models;

public class Subject
{
    public int Id { get; set; }

    public required string Code { get; set; }

    public required string Name { get; set; }

    public List<Item> Items { get; } = [];
}
