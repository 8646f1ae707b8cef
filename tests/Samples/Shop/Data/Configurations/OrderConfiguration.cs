using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.Property(order => order.Number).HasMaxLength(20);
        builder.Property(order => order.Status).HasConversion<string>().HasMaxLength(20);
        builder.Property(order => order.Channel).HasMaxLength(20);
        builder.Property(order => order.Total).HasPrecision(10, 2);

        builder.HasIndex(order => order.Number).IsUnique();
        builder.HasIndex(order => order.PlacedAt);

        builder.OwnsOne(order => order.ShippingAddress, address =>
        {
            address.Property(a => a.Street).HasMaxLength(100);
            address.Property(a => a.City).HasMaxLength(100);
            address.Property(a => a.PostCode).HasMaxLength(12);
            address.Property(a => a.Country).HasMaxLength(2).IsFixedLength();
        });
    }
}
