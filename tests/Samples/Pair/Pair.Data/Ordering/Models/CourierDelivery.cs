namespace Pair.Data.Ordering.Models;

public class CourierDelivery : Delivery
{
    public required string TrackingNumber { get; set; }
}
