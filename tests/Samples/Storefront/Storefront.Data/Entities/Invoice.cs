namespace Storefront.Data.Entities;

public class Invoice
{
    public int Id { get; set; }

    public string Number { get; set; } = "";

    public string? Note { get; set; } // no use

    public decimal Total { get; set; } // no use

    public string Email { get; set; } = ""; // no use

    public decimal WithTax(decimal rate) => Total * (1 + rate); // no use
}
