namespace Library.Models;

public class Magazine : Item
{
    public required string Issue { get; set; }
}
