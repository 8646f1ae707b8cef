using Microsoft.EntityFrameworkCore;

namespace Storefront.Data.Archive;

/// <summary>Another database, with orders of its own.</summary>
public class ArchiveContext(DbContextOptions<ArchiveContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>(); // no use

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var order = modelBuilder.Entity<Order>().ToTable("ArchivedOrders"); // no use
        order.Property(o => o.Note).HasMaxLength(500); // no use
        order.HasIndex(o => o.Total); // no use
    }
}

public class Order
{
    public int Id { get; set; }

    public string? Note { get; set; } // no use

    public decimal Total { get; set; } // no use
}
