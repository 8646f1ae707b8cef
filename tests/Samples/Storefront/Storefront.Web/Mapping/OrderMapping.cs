using Storefront.Data.Entities;
using Storefront.Web.Contracts;

namespace Storefront.Web.Mapping;

internal static class OrderMapping
{
    public static OrderDto ToDto(this Order order) =>
        new(order.Id, order.Number, order.Note, order.Total) // uses Orders.Note, Orders.Total
        {
            Email = order.Customer.Email, // uses Customers.email_address
        };

    public static LineDto ToDto(this OrderLine line) => new(line.Product.Sku, line.Quantity); // uses Products.Sku, OrderLines.Quantity

    public static OrderDto Anonymous(this OrderDto dto) => dto with { Note = null, Email = "" }; // no use

    public static Product Renamed(this Product product, string sku) => product with { Sku = sku.ToUpperInvariant() }; // uses Products.Sku

    public static Product Restocked(this Product product, int quantity) => product with { Quantity = quantity }; // no use

    public static string Summary(this OrderDto dto)
    {
        var (_, number, note, total) = dto; // no use
        return $"{number} {note} {total}"; // no use
    }
}
