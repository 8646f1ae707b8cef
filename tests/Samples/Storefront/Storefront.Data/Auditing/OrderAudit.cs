using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Storefront.Data.Entities;

namespace Storefront.Data.Auditing;

/// <summary>Writes down what becomes of an order.</summary>
public class OrderAudit : SaveChangesInterceptor
{
    private static readonly string[] silent = [nameof(Order.PlacedAt), nameof(Order.Note)]; // uses Orders.Note

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<Order>()) // uses Orders
        {
            Check(entry);
        }
        return result;
    }

    private static void Check(EntityEntry<Order> entry)
    {
        var changed = entry.Properties.Where(p => p.IsModified && !silent.Contains(p.Metadata.Name)).ToList();
        if (changed.Count > 0 && entry.OriginalValues.GetValue<decimal>(nameof(Order.Total)) != entry.Entity.Total) // uses Orders.Total
        {
            Console.WriteLine($"Total of an order changed, Note kept: {changed.Count} values"); // no use
        }
        if (entry.CurrentValues["Total"] is decimal and < 0) // uses Orders.Total
        {
            throw new InvalidOperationException("Orders.Total is negative"); // no use
        }
    }
}
