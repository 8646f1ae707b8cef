namespace Pair.Data.Billing.Models;

public class Account
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public int PaymentTermDays { get; set; }

    public List<Invoice> Invoices { get; } = [];
}
