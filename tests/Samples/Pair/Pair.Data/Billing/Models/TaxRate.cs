namespace Pair.Data.Billing.Models;

public class TaxRate
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public decimal Percentage { get; set; }
}
