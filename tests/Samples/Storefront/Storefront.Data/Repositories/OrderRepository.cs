using Microsoft.EntityFrameworkCore;
using Storefront.Data.Entities;

namespace Storefront.Data.Repositories;

public class OrderRepository(StorefrontContext db) : Repository<Order>(db)
{
    public Task<Order?> WithEverythingAsync(int id) => Db.Orders // uses Orders
        .Include(o => o.Customer)
        .Include(o => o.Lines.Where(l => l.Quantity > 0)) // uses OrderLines.Quantity
            .ThenInclude(l => l.Product)
        .Include(o => o.Shipments) // uses Shipments
        .AsSplitQuery()
        .SingleOrDefaultAsync(o => o.Id == id);

    public Task<List<Order>> AnnotatedAsync() =>
        (from order in Db.Orders // uses Orders
         where order.Note != null && order.Note != "" // uses Orders.Note
         orderby order.Total descending, order.Id // uses Orders.Total
         select order).ToListAsync();

    public async Task<Dictionary<string, decimal>> TotalsByCustomerAsync()
    {
        var totals = // no use
            from o in Db.Set<Order>() // uses Orders
            join c in Db.Customers on o.CustomerId equals c.Id
            group o.Total by c.Email into g // uses Orders.Total, Customers.email_address
            select new { Email = g.Key, Total = g.Sum() }; // no use
        return await totals.ToDictionaryAsync(row => row.Email, row => row.Total); // no use
    }

    public Task<List<string>> BestSellersAsync(int top) => Db.OrderLines
        .GroupBy(l => l.Product.Sku) // uses Products.Sku
        .OrderByDescending(g => g.Sum(l => l.Quantity)) // uses OrderLines.Quantity
        .Select(g => g.Key)
        .Take(top)
        .ToListAsync();

    public Task<bool> AnyNotedLineAsync(int productId) =>
        Db.OrderLines.AnyAsync(l => l.ProductId == productId && l.Order.Note!.Contains("fragile")); // uses Orders, Orders.Note

    public async Task<int> ForgetNotesAsync(DateTime before) => await Db.Orders // uses Orders
        .Where(o => o.PlacedAt < before)
        .ExecuteUpdateAsync(set => set
            .SetProperty(o => o.Note, (string?)null) // uses Orders.Note
            .SetProperty(o => o.Status, OrderStatus.Shipped));

    public Task<int> DropEmptyAsync() =>
        Db.Orders.Where(o => o.Total == 0).ExecuteDeleteAsync(); // uses Orders, Orders.Total

    public async Task TouchAsync(Order order, string note)
    {
        Db.Attach(order);
        Db.Entry(order).Property(o => o.Note).CurrentValue = note; // uses Orders.Note
        Db.Entry(order).Property("Total").IsModified = false; // uses Orders.Total
        Db.Entry(order).Property<string>("Region").CurrentValue = "Note"; // no use
        await Db.SaveChangesAsync();
    }

    public Task<List<string>> ShadowAsync() => Db.Orders // uses Orders
        .Where(o => EF.Property<string>(o, "Note") == "x") // uses Orders.Note
        .OrderBy(o => EF.Property<string>(o, "Region"))
        .Select(o => o.Number)
        .ToListAsync();
}
