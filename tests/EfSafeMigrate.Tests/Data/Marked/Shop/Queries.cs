using Microsoft.EntityFrameworkCore;

namespace Shop;

public class OrderRepository(ShopContext context)
{
    public Task<List<Order>> NotedAsync() => context.Orders.Where(order => order.Note != null).ToListAsync(); // uses Orders.Note

    public IQueryable<Order> Recent() => from order in context.Orders
                                         where order.Placed > DateTime.UtcNow.AddDays(-1) // uses Orders.Placed
                                         orderby order.Total // uses Orders.Total
                                         select order;

    public IQueryable<Order> WithLines() => context.Orders.Include(order => order.Lines); // uses OrderLines

    public IQueryable<Order> WithLinesByName() => context.Orders.Include("Lines"); // uses OrderLines

    public IQueryable<string?> Shadows() => context.Orders.Select(order => EF.Property<string?>(order, "Note")); // uses Orders.Note

    public Task<int> ClearAsync() => context.Orders.ExecuteUpdateAsync(set => set.SetProperty(order => order.Note, (string?)null)); // uses Orders.Note

    public IQueryable<OrderRow> Rows() => context.Orders.Select(order => new OrderRow
    {
        Note = order.Note, // uses Orders.Note
        Total = order.Total, // uses Orders.Total
        Town = order.ShipTo.Town,
        Street = order.ShipTo.Street, // uses Orders.ShipTo_Street
        Customer = order.Customer.Name,
    });

    public IQueryable<OrderLabel> Labels() => context.Orders.Select(order => new OrderLabel(order.Id, order.Note)); // uses Orders.Note

    public IQueryable<DateTime> Changes() => context.Orders.Select(order => order.Changed); // uses Orders.Changed

    public IQueryable<DateTime> CustomerChanges() => context.Customers.Select(customer => customer.Changed);

    public IQueryable<Line> Large() => context.Set<Line>() // uses OrderLines
        .Where(line => line.Quantity > 10); // uses OrderLines.Quantity

    public void Watch(Order order)
    {
        context.Entry(order).Property(each => each.Note).IsModified = true; // uses Orders.Note
        context.Entry(order).Property("Total").IsModified = false; // uses Orders.Total
        context.Entry(order).CurrentValues["Note"] = "seen"; // uses Orders.Note
    }
}

public class OrderRow
{
    public string? Note { get; set; }
    public decimal Total { get; set; }
    public string? Town { get; set; }
    public string? Street { get; set; }
    public string? Customer { get; set; }
}

public record OrderLabel(int Id, string? Note);
