using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.Jobs;

/// <summary>Tells the carrier what to fetch.</summary>
public class ShipmentExport(StorefrontContext db)
{
    public async Task<JsonArray> RunAsync()
    {
        var waiting = await db.Shipments // uses Shipments
            .Where(s => s.SentAt == null && s.Note == null) // no use
            .Select(s => new { s.Id, s.Order.Number, s.Note, Mail = s.Order.Customer.Email }) // uses Orders, Customers.email_address
            .ToListAsync();
        JsonArray result = [];
        foreach (var each in waiting)
        {
            result.Add(new JsonObject { ["Note"] = each.Note, ["Mail"] = each.Mail }); // no use
        }
        return result;
    }

    public Task<int> CloseAsync() => db.Set<Data.Entities.Shipment>() // uses Shipments
        .Where(s => s.Order.Total == 0) // uses Orders, Orders.Total
        .ExecuteDeleteAsync();
}
