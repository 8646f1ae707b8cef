namespace Pair.Data.Ordering.Models;

/// <summary>One row of the view "OrderSummaries".</summary>
public class OrderSummary
{
    public int OrderId { get; set; }

    public required string BuyerName { get; set; }

    public int Items { get; set; }
}
