using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Entities;
using Storefront.Data.Repositories;
using Storefront.Web.Contracts;

namespace Storefront.Web.Endpoints;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v2/orders").WithTags("Orders"); // no use
        group.MapGet("/large", (RawOrders raw) => raw.LargeAsync());
        group.MapGet("/{id:int}/lines", async (int id, StorefrontContext db) => await db.OrderLines
            .Where(l => l.OrderId == id)
            .Select(l => new LineDto(l.Product.Sku, l.Quantity)) // uses Products.Sku, OrderLines.Quantity
            .ToListAsync());
        group.MapPost("/{id:int}/ship", ShipAsync);
        group.MapGet("/stats", async (StorefrontContext db) =>
        {
            var stats = await db.Orders // uses Orders
                .GroupBy(o => o.Note == null) // uses Orders.Note
                .Select(g => new { Silent = g.Key, Average = g.Average(o => o.Total), Note = "of all" }) // uses Orders.Total
                .ToListAsync();
            return Results.Ok(stats.Select(s => s.Note)); // no use
        });
    }

    private static async Task<IResult> ShipAsync(int id, string carrier, StorefrontContext db)
    {
        if (await db.Orders.Include("Lines.Product").FirstOrDefaultAsync(o => o.Id == id) is not { } order) // uses Orders
        {
            return Results.NotFound();
        }
        order.Shipments.Add(new Shipment { Carrier = carrier, Note = order.Note }); // uses Shipments, Orders.Note
        order.Status = OrderStatus.Shipped;
        await db.SaveChangesAsync();
        return Results.Accepted();
    }
}
