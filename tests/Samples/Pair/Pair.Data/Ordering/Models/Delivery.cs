namespace Pair.Data.Ordering.Models;

public abstract class Delivery
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public DateTime? CompletedOn { get; set; }
}
