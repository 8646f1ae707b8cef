using System.Globalization;
using Storefront.Data.Entities;

namespace Storefront.Web.Exports;

/// <summary>Orders as a table of text.</summary>
public static class CsvExport
{
    private static readonly string[] heads = ["Number", "Note", "Total", "Quantity"]; // no use

    private static readonly (string Head, Func<Order, object?> Value)[] columns =
    [
        ("Number", o => o.Number),
        ("Note", o => o.Note?.ReplaceLineEndings(" ")), // uses Orders.Note
        ("Total", static o => o.Total.ToString("0.00", CultureInfo.InvariantCulture)), // uses Orders.Total
        ("Quantity", o => o.Lines.Select(l => l.Quantity).DefaultIfEmpty().Max()), // uses OrderLines.Quantity
    ];

    public static IEnumerable<string> Write(IEnumerable<Order> orders) => // no use
        orders.Select(order => string.Join(';', columns.Select(column => column.Value(order)))).Prepend(string.Join(';', heads));

    public static string Help() => """
        SELECT what to export on the left; the columns Note and Total of Orders come FROM the checkout.
        """; // no use
}
