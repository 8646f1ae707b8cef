namespace Pair.Data.Ordering.Models;

public class Order
{
    public int Id { get; set; }

    public int BuyerId { get; set; }

    public Buyer Buyer { get; set; } = null!;

    public OrderStatus Status { get; set; }

    public DateTime OrderedOn { get; set; }

    public required DeliveryAddress DeliveryAddress { get; set; }

    public List<OrderItem> Items { get; } = [];
}
