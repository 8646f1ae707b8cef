using Storefront.Data.Entities;
using Storefront.Data.Queries;
using Storefront.Web.Services;
using Xunit;

namespace Storefront.Tests;

public class OrderTests
{
    [Fact]
    public void Total_is_the_sum_of_lines() // no use
    {
        var order = new OrderBuilder().Line("A", 2).Line("B", 1).Build();
        order.Recalculate();
        Assert.Equal(15, order.Total); // uses Orders.Total
    }

    [Fact]
    public void A_discount_is_noted()
    {
        var order = new OrderBuilder().Note("Please ring").Build(); // no use
        OrderService.Discount(order, 10);
        Assert.StartsWith("Please ring", order.Note); // uses Orders.Note
        Assert.True(order is { Total: 9, HasNote: true }, "Total should be 9, Note should be set"); // uses Orders.Total
    }

    [Theory]
    [InlineData("Note")] // no use
    [InlineData("Total")] // no use
    public void Sorts_by_name(string property)
    {
        Order[] orders = [new OrderBuilder().Note("b").Build(), new OrderBuilder().Note("a").Build()]; // no use
        var sorted = orders.AsQueryable().OrderBy(property).ToList(); // no use
        Assert.Equal(property == nameof(Order.Note) ? "a" : "b", sorted[0].Note); // uses Orders.Note
    }

    [Fact]
    public void A_line_knows_its_order()
    {
        var line = new OrderLine { Order = new Order { Note = "x" }, Quantity = 3 }; // uses Orders, Orders.Note, OrderLines.Quantity
        Assert.Equal("x", line.Order?.Note); // uses Orders, Orders.Note
    }
}
