namespace Storefront.Data.Entities;

public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
    Cancelled,
}

/// <summary>The columns of the list on the screen.</summary>
public enum OrderField
{
    Number,
    Note, // no use
    Total, // no use
    Quantity, // no use
}
