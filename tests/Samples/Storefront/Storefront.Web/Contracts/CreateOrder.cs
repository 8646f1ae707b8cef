namespace Storefront.Web.Contracts;

/// <summary>What is posted to make an order.</summary>
public class CreateOrder
{
    public string Email { get; set; } = ""; // no use

    public string? Note { get; set; } // no use

    public List<CreateLine> Lines { get; set; } = [];
}

public class CreateLine
{
    public string Sku { get; set; } = ""; // no use

    public int Quantity { get; set; } // no use
}
