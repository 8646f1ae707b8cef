using Storefront.Data.Entities;
using Storefront.Web.Contracts;

namespace Storefront.Web.Validation;

internal static class OrderValidation
{
    public static IEnumerable<string> Check(CreateOrder request)
    {
        if (request.Lines.Any(line => line.Quantity < 1)) // no use
        {
            yield return nameof(CreateLine.Quantity); // no use
        }
        if (request is { Note: "", Email: not "" }) // no use
        {
            yield return nameof(Order.Note); // uses Orders.Note
        }
    }

    // An order with a Note is read by a person; order.Total decides by whom.
    public static string Reader(Order order)
    {
        string note = "none", desk; // no use
        if (order.Note is [_, ..] text) // uses Orders.Note
        {
            note = text;
        }
        desk = order.Total switch { > 1000 => "A", > 100 => "B", _ => "C" }; // uses Orders.Total
        return $"{desk}/{note}"; // no use
    }

    public static int Lots(Order order) => order.Lines.Count(l => l.Quantity > 10 && order.HasNote); // uses OrderLines.Quantity
}
