namespace Pair.Data.Billing.Models;

public class InvoiceDetails
{
    public string? PurchaseOrder { get; set; }

    public string? Remarks { get; set; }
}
