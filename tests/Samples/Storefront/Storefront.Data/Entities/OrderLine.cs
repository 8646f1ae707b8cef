namespace Storefront.Data.Entities;

public class OrderLine
{
    public int Id { get; set; }

    public int OrderId { get; set; }

    public Order Order { get; set; } = null!; // declares Orders

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int Quantity { get; set; } // declares OrderLines.Quantity

    public decimal UnitPrice { get; set; }

    public decimal Amount => Quantity * UnitPrice; // uses OrderLines.Quantity
}
