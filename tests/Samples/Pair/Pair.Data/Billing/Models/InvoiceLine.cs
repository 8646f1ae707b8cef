namespace Pair.Data.Billing.Models;

public class InvoiceLine
{
    public int InvoiceId { get; set; }

    public int LineNumber { get; set; }

    public required string Text { get; set; }

    public decimal Amount { get; set; }

    public int TaxRateId { get; set; }

    public TaxRate TaxRate { get; set; } = null!;
}
