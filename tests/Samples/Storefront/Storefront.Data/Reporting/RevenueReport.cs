using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Data.Reporting;

/// <summary>Sums for the board, straight from the database.</summary>
public class RevenueReport(StorefrontContext db)
{
    private const string Title = "Note: the Total is that of all Orders"; // no use

    public async Task<decimal> RevenueAsync(int year)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT sum(\"Total\") FROM \"Orders\" WHERE extract(year FROM \"PlacedAt\") = " + year; // uses Orders, Orders.Total
        await db.Database.OpenConnectionAsync();
        return (decimal)(await command.ExecuteScalarAsync() ?? 0m);
    }

    public async Task<int> ReadAsync(DbCommand command, string table)
    {
        command.CommandText = $"SELECT count(*) FROM {table} WHERE \"Id\" > 0"; // no use
        await using var reader = await command.ExecuteReaderAsync();
        var quantity = 0; // no use
        while (await reader.ReadAsync())
        {
            quantity += reader.GetInt32(0); // no use
        }
        return quantity; // no use
    }

    public async Task<IReadOnlyList<string>> MailsAsync(DbCommand command)
    {
        command.CommandText = // the names of the columns are those of the database
            "SELECT DISTINCT c.email_address " + // uses Customers.email_address, Shipments, Orders
            "FROM \"Customers\" c JOIN \"Orders\" o ON o.\"CustomerId\" = c.\"Id\" " +
            "JOIN \"Shipments\" s ON s.\"OrderId\" = o.\"Id\"";
        await using var reader = await command.ExecuteReaderAsync();
        List<string> mails = [];
        while (await reader.ReadAsync())
        {
            mails.Add(reader.GetString(reader.GetOrdinal("email_address"))); // may use Customers.email_address
        }
        return mails;
    }

    public static string Heading() => Title.ToUpperInvariant();
}
