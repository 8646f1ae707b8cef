using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Entities;
using Storefront.Web.Contracts;

namespace Storefront.Web.Services;

public class OrderService(StorefrontContext db, StockService stock)
{
    public async Task<Order> PlaceAsync(CreateOrder request)
    {
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Email == request.Email) // uses Customers.email_address
            ?? new Customer { Email = request.Email, Note = "new" }; // uses Customers.email_address
        var order = new Order // uses Orders
        {
            Number = Guid.NewGuid().ToString("N")[..8],
            Customer = customer,
            Note = request.Note, // uses Orders.Note
            PlacedAt = DateTime.UtcNow,
        };
        foreach (var line in request.Lines)
        {
            var product = await stock.TakeAsync(line.Sku, line.Quantity); // no use
            order.Lines.Add(new OrderLine { Product = product, Quantity = line.Quantity, UnitPrice = product.Price }); // uses OrderLines.Quantity
        }
        order.Recalculate();
        db.Add(order);
        await db.SaveChangesAsync();
        return order;
    }

    public static void Discount(Order order, decimal percent)
    {
        order.Total *= 1 - percent / 100; // uses Orders.Total
        order.Total -= order.Total % 0.01m; // uses Orders.Total
        order.Note ??= "discounted"; // uses Orders.Note
        order.Note += $" by {percent} %"; // uses Orders.Note
    }

    public static string Kind(Order order) => order switch
    {
        { Note: null, Total: > 500m } => "large and silent", // uses Orders.Note, Orders.Total
        { Customer.Email: "test@example.org" } => "test", // uses Customers.email_address
        { Note.Length: > 100 } => "wordy", // uses Orders.Note
        _ => "Note", // no use
    };

    public static string Describe(Order order)
    {
        var (number, total) = order; // may use Orders.Total
        return $"{number}: {total}"; // no use
    }

    public static decimal Sum(IEnumerable<Invoice> invoices) => invoices.Where(i => i is { Note: null }).Sum(i => i.Total); // no use
}
