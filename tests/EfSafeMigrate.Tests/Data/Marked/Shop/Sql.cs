using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Shop;

public class Reporting(ShopContext context, DbConnection connection)
{
    private const string Table = "\"Orders\"";
    private const string Totals = "SELECT sum(\"Total\") FROM \"Orders\""; // uses Orders.Total

    public IQueryable<Order> Raw() => context.Orders.FromSqlRaw("SELECT * FROM \"Orders\" WHERE \"Note\" IS NULL"); // uses Orders.Note

    public IQueryable<Order> Woven(string note) => context.Orders.FromSql($"SELECT * FROM \"Orders\" WHERE \"Note\" = {note}"); // uses Orders.Note

    public Task<int> ForgetAsync() => context.Database.ExecuteSqlRawAsync($"UPDATE {Table} SET \"Note\" = NULL"); // uses Orders.Note

    public IQueryable<decimal> Sums() => context.Database.SqlQuery<decimal>($"SELECT \"Total\" AS \"Value\" FROM \"Orders\""); // uses Orders.Total

    public IQueryable<decimal> Known() => context.Database.SqlQueryRaw<decimal>(Totals);

    public Task<int> LinesAsync() => context.Database.ExecuteSqlRawAsync("DELETE FROM \"OrderLines\""); // uses OrderLines

    public DbCommand Joined()
    {
        var command = connection.CreateCommand();
        // uses next: Orders.Placed
        command.CommandText = """
            SELECT o."Id", o."Placed"
            FROM "Orders" AS o
            JOIN "Customers" AS c ON c."Id" = o."CustomerId"
            WHERE c."Note" IS NOT NULL
            """;
        return command;
    }

    public string Built(bool noted)
    {
        var sql = new StringBuilder("SELECT \"Id\" FROM \"Orders\" WHERE true");
        if (noted)
        {
            sql.Append(" AND \"Note\" IS NOT NULL"); // uses Orders.Note
        }
        return sql.ToString();
    }

    public string Chosen(bool noted) => "SELECT \"Id\" FROM \"Orders\" WHERE true" + (noted ? " AND \"Note\" IS NOT NULL" : ""); // uses Orders.Note

    public string Continued(bool noted)
    {
        var sql = $"SELECT \"Id\" FROM {Table}";
        sql = sql + " WHERE \"Note\" IS NULL"; // uses Orders.Note
        sql = $"{sql} ORDER BY \"Total\""; // uses Orders.Total
        var said = sql.Length + " Note";
        sql += noted ? $", {said}" : "";
        return sql;
    }

    public string Added() => "SELECT \"Id\" " + // uses Orders.Total
        "FROM \"Orders\" ORDER BY \"Total\"";

    public string Inner() => "SELECT 1 FROM \"Customers\" c WHERE EXISTS (SELECT 1 FROM \"Orders\" o WHERE o.\"CustomerId\" = c.\"Id\" AND o.\"Note\" = 'x')"; // uses Orders.Note

    public string Inserted() => "INSERT INTO \"Orders\" (\"CustomerId\", \"Total\") VALUES (1, 2)"; // uses Orders.Total
}
