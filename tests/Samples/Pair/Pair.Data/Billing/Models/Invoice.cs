namespace Pair.Data.Billing.Models;

public class Invoice
{
    public int Id { get; set; }

    public int AccountId { get; set; }

    public Account Account { get; set; } = null!;

    public required string Number { get; set; }

    public required string Reference { get; set; }

    public decimal Total { get; set; }

    public DateTime IssuedOn { get; set; }

    public InvoiceDetails Details { get; set; } = new();

    public List<InvoiceLine> Lines { get; } = [];
}
