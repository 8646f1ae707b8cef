namespace Pair.Data.Billing.Models;

public class Receipt
{
    public int Id { get; set; }

    public int InvoiceId { get; set; }

    public Invoice Invoice { get; set; } = null!;

    public PaymentMethod Method { get; set; }

    public decimal Amount { get; set; }

    public DateTime ReceivedOn { get; set; }
}
