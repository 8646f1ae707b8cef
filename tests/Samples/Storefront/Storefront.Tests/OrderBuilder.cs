using Storefront.Data.Entities;

namespace Storefront.Tests;

/// <summary>Makes orders for tests.</summary>
internal sealed class OrderBuilder
{
    private readonly Order order = new() { Number = "1", Total = 10 }; // uses Orders, Orders.Total

    private string? note; // no use

    public OrderBuilder Note(string text) // no use
    {
        note = text; // no use
        return this;
    }

    public OrderBuilder Line(string sku, int quantity) // no use
    {
        order.Lines.Add(new()
        {
            Product = new(1, sku, "a product", 5), // may use Products.Sku
            Quantity = quantity, // uses OrderLines.Quantity
            UnitPrice = 5,
        });
        return this;
    }

    public Order Build()
    {
        order.Note = note; // uses Orders.Note
        order.Customer = new() { Name = "Ada", Email = "ada@example.org" }; // uses Customers.email_address
        return order;
    }
}
