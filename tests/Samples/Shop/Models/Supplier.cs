namespace Shop.Models;

public class Supplier
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string? PhoneNumber { get; set; }

    public required string StreetLine { get; set; }

    public required string Town { get; set; }

    public List<Product> Products { get; } = [];
}
