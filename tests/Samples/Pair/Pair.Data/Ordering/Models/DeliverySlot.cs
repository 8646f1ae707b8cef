namespace Pair.Data.Ordering.Models;

public class DeliverySlot
{
    public int Id { get; set; }

    public int DeliveryId { get; set; }

    public Delivery Delivery { get; set; } = null!;

    public DateTime StartsAt { get; set; }

    public DateTime EndsAt { get; set; }
}
