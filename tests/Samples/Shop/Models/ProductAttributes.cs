namespace Shop.Models;

/// <summary>Details that differ between kinds of products; stored as one JSON document.</summary>
public class ProductAttributes
{
    public string? Colour { get; set; }

    public string? Size { get; set; }

    public decimal? WeightKg { get; set; }
}
