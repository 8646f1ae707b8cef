using Microsoft.EntityFrameworkCore;
using Pair.Data.Ordering.Models;

namespace Pair.Data.Ordering;

public class OrderingContext(DbContextOptions<OrderingContext> options) : DbContext(options)
{
    public DbSet<Buyer> Buyers => Set<Buyer>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderItem> OrderItems => Set<OrderItem>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<DeliverySlot> DeliverySlots => Set<DeliverySlot>();

    public DbSet<OrderSummary> OrderSummaries => Set<OrderSummary>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Buyer>(buyer =>
        {
            buyer.Property(b => b.Name).HasMaxLength(120);
            buyer.Property(b => b.Email).HasMaxLength(200);
            buyer.Property(b => b.PhoneNumber).HasMaxLength(30);
            buyer.Property(b => b.StreetLine).HasMaxLength(100);
            buyer.Property(b => b.Town).HasMaxLength(100);
            buyer.Property(b => b.Company).HasMaxLength(120);
            buyer.Property(b => b.WantsNewsletter).HasDefaultValue(false);

            buyer.HasIndex(b => b.Email).IsUnique();
        });

        modelBuilder.Entity<Product>(product =>
        {
            product.Property(p => p.Sku).HasMaxLength(40);
            product.Property(p => p.Name).HasMaxLength(200);
            product.Property(p => p.Price).HasPrecision(10, 2);

            product.HasMany(p => p.Labels).WithMany(l => l.Products);
        });

        modelBuilder.Entity<Label>().Property(l => l.Text).HasMaxLength(40);

        modelBuilder.Entity<Order>(order =>
        {
            order.Property(o => o.Status).HasConversion<string>().HasMaxLength(20);

            order.HasIndex(o => o.Status);

            order.OwnsOne(o => o.DeliveryAddress, address =>
            {
                address.Property(a => a.Street).HasMaxLength(100);
                address.Property(a => a.City).HasMaxLength(100);
                address.Property(a => a.Instructions).HasMaxLength(300);
            });
        });

        modelBuilder.Entity<OrderItem>(item =>
        {
            item.HasKey(i => new { i.OrderId, i.ProductId });
            item.Property(i => i.UnitPrice).HasPrecision(10, 2);
        });

        modelBuilder.Entity<Delivery>(delivery =>
        {
            delivery.HasDiscriminator<string>("Kind")
                .HasValue<CourierDelivery>("courier")
                .HasValue<CollectionDelivery>("collection");
            delivery.Property("Kind").HasMaxLength(20);
        });

        modelBuilder.Entity<DeliverySlot>().HasIndex(s => s.StartsAt);

        modelBuilder.Entity<CourierDelivery>().Property(d => d.TrackingNumber).HasMaxLength(60);
        modelBuilder.Entity<CollectionDelivery>().Property(d => d.PickupCode).HasMaxLength(8);

        modelBuilder.Entity<OrderSummary>().HasNoKey().ToView("OrderSummaries");
    }
}
