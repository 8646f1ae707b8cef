namespace Shop.Models;

public enum ProductStatus
{
    Draft,
    OnSale,
    Discontinued,
}
