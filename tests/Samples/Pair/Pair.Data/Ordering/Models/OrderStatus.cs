namespace Pair.Data.Ordering.Models;

public enum OrderStatus
{
    Open,
    Confirmed,
    Delivered,
    Cancelled,
}
