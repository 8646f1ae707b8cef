namespace Shop.Models;

public class Order
{
    public long Id { get; set; }

    public required string Number { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public OrderStatus Status { get; set; }

    public required string Channel { get; set; }

    public DateTime PlacedAt { get; set; }

    public decimal Total { get; set; }

    public required Address ShippingAddress { get; set; }

    public List<OrderLine> Lines { get; } = [];

    public List<Payment> Payments { get; } = [];
}
