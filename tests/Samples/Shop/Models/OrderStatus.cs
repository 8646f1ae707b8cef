namespace Shop.Models;

public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
    Cancelled,
}
