namespace Shop.Models;

public abstract class Payment
{
    public int Id { get; set; }

    public long OrderId { get; set; }

    public Order Order { get; set; } = null!;

    public decimal Amount { get; set; }

    public DateTime? ReceivedOn { get; set; }
}
