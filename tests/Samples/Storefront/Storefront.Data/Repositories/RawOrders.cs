using Microsoft.EntityFrameworkCore;
using Storefront.Data.Entities;

namespace Storefront.Data.Repositories;

/// <summary>What LINQ says too slowly.</summary>
public class RawOrders(StorefrontContext db)
{
    public IQueryable<Order> Of(int customer) =>
        db.Orders.FromSql($"SELECT * FROM \"Orders\" WHERE \"CustomerId\" = {customer}"); // uses Orders // may use Orders.Note, Orders.Total

    public IQueryable<Order> Search(string text) => db.Orders // uses Orders
        // uses next: Orders, Orders.Note
        .FromSqlInterpolated($"""
            SELECT o.* FROM "Orders" AS o
            WHERE o."Note" ILIKE {text}
            """)
        .AsNoTracking();

    public IQueryable<Customer> ByMail(string mail) =>
        db.Customers.FromSqlRaw("SELECT * FROM \"Customers\" WHERE lower(email_address) = lower({0})", mail); // uses Customers.email_address

    public Task<int> ClearAsync(int id) =>
        db.Database.ExecuteSqlRawAsync("UPDATE \"Orders\" SET \"Note\" = NULL WHERE \"Id\" = {0}", id); // uses Orders, Orders.Note

    public Task<int> RoundAsync() =>
        db.Database.ExecuteSqlAsync($"UPDATE \"Orders\" SET \"Total\" = round(\"Total\", 2)"); // uses Orders, Orders.Total

    public Task<int> ClearInvoiceAsync(int id) =>
        db.Database.ExecuteSqlRawAsync("UPDATE billing.\"Invoices\" SET \"Note\" = NULL, \"Total\" = 0 WHERE \"Id\" = {0}", id); // no use

    public Task<int> ClearCustomerAsync(int id) =>
        db.Database.ExecuteSqlInterpolatedAsync($"UPDATE \"Customers\" SET \"Note\" = NULL WHERE \"Id\" = {id}"); // no use

    public Task<List<decimal>> LargeAsync() => db.Database
        .SqlQuery<decimal>($"SELECT \"Total\" AS \"Value\" FROM \"Orders\" WHERE \"Total\" > 1000") // uses Orders, Orders.Total
        .ToListAsync();

    public Task<List<Stocked>> StockAsync() => db.Database
        .SqlQueryRaw<Stocked>("SELECT \"Sku\", \"Quantity\" FROM \"Products\"") // uses Products.Sku
        .Where(s => s.Quantity > 0) // no use
        .ToListAsync();

    public Task<List<int>> CountsAsync(string kind) => db.Database
        .SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" " + // uses Orders, OrderLines.Quantity
            "FROM \"OrderLines\" AS l JOIN \"Orders\" AS o ON o.\"Id\" = l.\"OrderId\" " +
            "WHERE l.\"Quantity\" > 1 AND o.\"Currency\" = '" + (kind == "euro" ? "EUR" : "USD") + "'")
        .ToListAsync();

    /// <summary>A row of <c>SELECT "Sku", "Quantity" FROM "Products"</c>.</summary>
    public record Stocked(string Sku, int Quantity); // no use
}
