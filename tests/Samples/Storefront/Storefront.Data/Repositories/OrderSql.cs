namespace Storefront.Data.Repositories;

/// <summary>Statements that several readers share.</summary>
internal static class OrderSql
{
    public const string ById = "SELECT \"Id\", \"Number\", \"Note\" FROM \"Orders\" WHERE \"Id\" = @id"; // uses Orders, Orders.Note

    public const string Lines = @"SELECT ""Id"", ""Quantity"" FROM ""OrderLines"" WHERE ""OrderId"" = @id"; // uses OrderLines.Quantity

    public const string Columns = "\"Id\", \"Note\", \"Total\""; // may use Orders.Note, Orders.Total

    public const string Invoices = "SELECT \"Note\", \"Total\" FROM billing.\"Invoices\" WHERE \"Number\" = @number"; // no use

    // uses next: Orders, Orders.Total, Customers.email_address
    public const string TopCustomers = """
        SELECT c."Id", c.email_address, sum(o."Total") AS spent
        FROM "Customers" AS c
        JOIN "Orders" AS o ON o."CustomerId" = c."Id"
        GROUP BY c."Id", c.email_address
        ORDER BY spent DESC
        LIMIT 10
        """;

    // The Note of a shipment, not the one of the order.
    public const string Carriers = """SELECT "Carrier", "Note" FROM "Shipments" WHERE "SentAt" IS NULL"""; // uses Shipments

    public static readonly string Newsletter = "SELECT email, note FROM newsletter.subscribers WHERE total > 0"; // no use
}
