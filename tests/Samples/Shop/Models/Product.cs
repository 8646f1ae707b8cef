namespace Shop.Models;

public class Product
{
    public int Id { get; set; }

    public required string Sku { get; set; }

    public string? Barcode { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public decimal Price { get; set; }

    public int Stock { get; set; }

    public int WarrantyMonths { get; set; }

    public ProductStatus Status { get; set; }

    public int CategoryId { get; set; }

    public Category Category { get; set; } = null!;

    public int? SupplierId { get; set; }

    public Supplier? Supplier { get; set; }

    public ProductAttributes? Attributes { get; set; }

    public List<Tag> Tags { get; } = [];
}
