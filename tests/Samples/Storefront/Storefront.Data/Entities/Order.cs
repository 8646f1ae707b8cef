namespace Storefront.Data.Entities;

/// <summary>What a customer ordered, with its Note and its Total.</summary>
public class Order
{
    public int Id { get; set; }

    public string Number { get; set; } = "";

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public OrderStatus Status { get; set; }

    /// <summary>What the customer wrote at the checkout.</summary>
    public string? Note { get; set; } // declares Orders.Note

    public decimal Total { get; set; } // declares Orders.Total

    public string Currency { get; set; } = "EUR";

    public DateTime PlacedAt { get; set; }

    public List<OrderLine> Lines { get; } = [];

    public List<Shipment> Shipments { get; } = []; // declares Shipments

    public bool HasNote => !string.IsNullOrWhiteSpace(Note); // uses Orders.Note

    public void Recalculate() => Total = Lines.Sum(line => line.Quantity * line.UnitPrice); // uses Orders.Total, OrderLines.Quantity

    public void Annotate(string text)
    {
        var note = text.Trim(); // no use
        if (note.Length == 0)
        {
            throw new ArgumentException("Note must not be empty.", nameof(text)); // no use
        }
        this.Note = this.Note is null ? note : this.Note + Environment.NewLine + note; // uses Orders.Note
    }

    public void Deconstruct(out string number, out decimal total)
    {
        number = Number;
        total = Total; // uses Orders.Total
    }
}
