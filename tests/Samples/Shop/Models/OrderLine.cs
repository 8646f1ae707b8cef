namespace Shop.Models;

public class OrderLine
{
    public long OrderId { get; set; }

    public int LineNumber { get; set; }

    public int ProductId { get; set; }

    public Product Product { get; set; } = null!;

    public int Quantity { get; set; }

    public decimal UnitPrice { get; set; }
}
