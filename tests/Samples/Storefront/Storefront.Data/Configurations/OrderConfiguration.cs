using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data.Entities;

namespace Storefront.Data.Configurations;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders", table => table.HasCheckConstraint("CK_Orders_Total", "\"Total\" >= 0")); // uses Orders, Orders.Total
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Number).HasMaxLength(20);
        builder.Property(o => o.Note) // uses Orders.Note
            .HasColumnName("Note") // uses Orders.Note
            .HasMaxLength(2000);
        builder.Property(x => x.Total).HasPrecision(18, 2); // uses Orders.Total
        builder.HasIndex(o => new { o.CustomerId, o.Total }).HasDatabaseName("IX_Orders_CustomerId_Total"); // uses Orders.Total
        builder.HasIndex(o => o.PlacedAt).HasFilter("\"Note\" IS NOT NULL"); // uses Orders.Note
        builder.Property<string>("Region").HasMaxLength(40);
        builder.HasMany(o => o.Lines).WithOne(l => l.Order).HasForeignKey(l => l.OrderId); // uses Orders
    }
}
