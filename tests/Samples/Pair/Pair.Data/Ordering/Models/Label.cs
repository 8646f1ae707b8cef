namespace Pair.Data.Ordering.Models;

public class Label
{
    public int Id { get; set; }

    public required string Text { get; set; }

    public List<Product> Products { get; } = [];
}
