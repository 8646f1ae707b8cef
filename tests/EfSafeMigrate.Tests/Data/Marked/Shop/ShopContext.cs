using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Line> Lines => Set<Line>(); // uses OrderLines

    public DbSet<Coupon> Coupons => Set<Coupon>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfiguration(new OrderConfiguration());
        model.Entity<Customer>(customer =>
        {
            customer.HasIndex(each => each.Name).HasFilter("\"Note\" IS NOT NULL");
            customer.OwnsOne(each => each.Home);
        });
        model.Entity<Line>().ToTable("OrderLines"); // uses OrderLines
        model.Entity<Line>().ToTable("OrderLines", table => table.HasCheckConstraint("CK_Lines", "\"Quantity\" > 0")); // uses OrderLines, OrderLines.Quantity
    }
}

public class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.Property(order => order.Note).HasColumnName("Note").HasMaxLength(400); // uses Orders.Note
        builder.Property("Total").HasPrecision(12, 2); // uses Orders.Total
        builder.HasIndex(order => new { order.CustomerId, order.Placed }); // uses Orders.Placed
        builder.HasIndex(order => order.CustomerId).HasFilter("\"Note\" IS NOT NULL"); // uses Orders.Note
        builder.ToTable(table => table.HasCheckConstraint("CK_Total", "\"Total\" >= 0")); // uses Orders.Total
        builder.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId); // uses OrderLines
        builder.OwnsOne(order => order.ShipTo, address => address.Property(each => each.Street).HasMaxLength(200)); // uses Orders.ShipTo_Street
    }
}
