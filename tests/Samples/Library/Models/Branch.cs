namespace Library.Models;

public class Branch
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string? OpeningHours { get; set; }

    public required Address Address { get; set; }

    public List<Copy> Copies { get; } = [];
}
