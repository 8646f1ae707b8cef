using Microsoft.EntityFrameworkCore;

namespace Storefront.Data.Archive;

/// <summary>Moves what is old from the one database to the other.</summary>
public class Archivist(StorefrontContext live, ArchiveContext archive)
{
    public async Task MoveAsync(DateTime before)
    {
        var old = await live.Orders.Where(o => o.PlacedAt < before).ToListAsync(); // uses Orders
        foreach (var (order, number) in old.Select((order, number) => (order, number)))
        {
            archive.Orders.Add(new Order // no use
            {
                Id = number,
                Note = order.Note, // uses Orders.Note
                Total = order.Total, // uses Orders.Total
            });
        }
        await archive.SaveChangesAsync();
        live.RemoveRange(old);
        await live.SaveChangesAsync();
    }

    public Task<decimal> SumAsync() => archive.Orders.Where(o => o.Note != null).SumAsync(o => o.Total); // no use
}
