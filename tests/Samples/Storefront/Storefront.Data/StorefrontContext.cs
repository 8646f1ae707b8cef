using Microsoft.EntityFrameworkCore;
using Storefront.Data.Entities;

namespace Storefront.Data;

public class StorefrontContext(DbContextOptions<StorefrontContext> options) : DbContext(options)
{
    public DbSet<Order> Orders { get; set; } = null!; // declares Orders

    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Shipment> Shipments => Set<Shipment>(); // uses Shipments

    public DbSet<Invoice> Invoices => Set<Invoice>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StorefrontContext).Assembly);
        modelBuilder.Entity<Shipment>(shipment => // uses Shipments
        {
            shipment.ToTable("Shipments"); // uses Shipments
            shipment.Property(s => s.Note).HasMaxLength(200); // no use
            shipment.HasOne(s => s.Order).WithMany(o => o.Shipments); // uses Orders, Shipments
        });
        modelBuilder.Entity<Invoice>().ToTable("Invoices", "billing").Property(i => i.Total).HasPrecision(12, 2); // no use
    }
}
