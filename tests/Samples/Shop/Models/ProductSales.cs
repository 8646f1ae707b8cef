namespace Shop.Models;

/// <summary>One row of the view "ProductSales".</summary>
public class ProductSales
{
    public int ProductId { get; set; }

    public int Quantity { get; set; }

    public decimal Revenue { get; set; }
}
