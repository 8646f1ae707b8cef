using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Shop;

public abstract class Kept
{
    public int Id { get; set; }

    public DateTime Changed { get; set; }
}

public interface INoted
{
    string? Note { get; }
}

[Index(nameof(Total))] // uses Orders.Total
public class Order : Kept, INoted
{
    public string? Note { get; set; }

    [Precision(12, 2)] // uses Orders.Total
    public decimal Total { get; set; }

    [JsonPropertyName("placedOn")] // uses Orders.Placed
    public DateTime Placed { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public Address ShipTo { get; set; } = new();

    public List<Line> Lines { get; } = [];

    public bool IsLarge => Total > 1000; // uses Orders.Total
}

public class Customer : Kept
{
    [MaxLength(80)]
    public string Name { get; set; } = "";

    public string? Note { get; set; }

    public Address Home { get; set; } = new();

    public List<Order> Orders { get; } = [];
}

public class Address
{
    public string Street { get; set; } = "";

    public string? Town { get; set; }
}

public class Line
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public int Quantity { get; set; }
}

public record Coupon(string Code, decimal Percent)
{
    public int Id { get; init; }
}
