namespace Storefront.Data.Entities;

public record Product(int Id, string Sku, string Name, decimal Price) // declares Products.Sku
{
    public int Quantity { get; init; } // no use

    public string Label => $"{Sku} {Name}"; // uses Products.Sku
}
