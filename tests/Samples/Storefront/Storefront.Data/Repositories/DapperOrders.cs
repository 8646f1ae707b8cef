using System.Data.Common;
using Dapper;

namespace Storefront.Data.Repositories;

/// <summary>Reads for the screens that must be fast.</summary>
public class DapperOrders(DbConnection connection)
{
    public Task<IEnumerable<OrderRow>> NotedAsync(string like) => connection.QueryAsync<OrderRow>(
        "SELECT \"Id\", \"Number\", \"Note\" FROM \"Orders\" WHERE \"Note\" LIKE @like", // uses Orders, Orders.Note
        new { like });

    public Task<OrderRow?> FindAsync(int id) => connection.QuerySingleOrDefaultAsync<OrderRow>(OrderSql.ById, new { id });

    public Task<int> MoveMailAsync(string from, string to) => connection.ExecuteAsync(
        """UPDATE "Customers" SET email_address = @to WHERE email_address = @from""", new { from, to }); // uses Customers.email_address

    public async Task<int> RestockAsync(string sku, int quantity)
    {
        // uses next: Products.Sku
        const string statement = """
            UPDATE "Products"
            SET "Quantity" = "Quantity" + @quantity
            WHERE "Sku" = @sku
            """;
        return await connection.ExecuteAsync(statement, new { sku, quantity });
    }

    public async Task<decimal> SpentAsync(int customer, bool paidOnly)
    {
        var sql = "SELECT coalesce(sum(\"Total\"), 0) FROM \"Orders\" WHERE \"CustomerId\" = @customer"; // uses Orders, Orders.Total
        if (paidOnly)
        {
            sql += " AND \"Status\" = 1";
        }
        return await connection.ExecuteScalarAsync<decimal>(sql, new { customer });
    }

    public Task<IEnumerable<string>> InvoiceNotesAsync() =>
        connection.QueryAsync<string>("SELECT i.\"Note\" FROM billing.\"Invoices\" AS i WHERE i.\"Total\" > 0"); // no use

    public Task<int> PurgeAsync() => connection.ExecuteAsync("DELETE FROM \"Shipments\" WHERE \"SentAt\" < now() - interval '2 years'"); // uses Shipments

    /// <summary>As the screen shows it.</summary>
    public class OrderRow
    {
        public int Id { get; set; }

        public string Number { get; set; } = "";

        public string? Note { get; set; } // no use
    }
}
