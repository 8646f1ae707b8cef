namespace Storefront.Data.Entities;

public class Shipment
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!; // declares Orders

    public string Carrier { get; set; } = "";

    public string? Note { get; set; } // no use

    public DateTime? SentAt { get; set; }
}
