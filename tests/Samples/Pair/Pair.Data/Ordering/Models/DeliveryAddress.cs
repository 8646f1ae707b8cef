namespace Pair.Data.Ordering.Models;

public class DeliveryAddress
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public string? Instructions { get; set; }
}
