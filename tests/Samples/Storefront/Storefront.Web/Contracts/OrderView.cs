using Storefront.Data.Entities;

namespace Storefront.Web.Contracts;

/// <summary>What the order page shows.</summary>
public class OrderView(Order order)
{
    public string Number { get; } = order.Number;

    public string Note { get; } = order.Note ?? "—"; // uses Orders.Note

    public string Total { get; set; } = $"{order.Total:0.00} {order.Currency}"; // uses Orders.Total

    public int Quantity { get; } = order.Lines.Sum(l => l.Quantity); // uses OrderLines.Quantity

    public bool IsLong => Note.Length > 80; // no use
}
