namespace Pair.Data.Ordering.Models;

public class CollectionDelivery : Delivery
{
    public required string PickupCode { get; set; }
}
