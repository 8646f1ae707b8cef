namespace Pair.Data.Ordering.Models;

public class Product
{
    public int Id { get; set; }

    public required string Sku { get; set; }

    public required string Name { get; set; }

    public decimal Price { get; set; }

    public List<Label> Labels { get; } = [];
}
