using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class SupplierConfiguration : IEntityTypeConfiguration<Supplier>
{
    public void Configure(EntityTypeBuilder<Supplier> builder)
    {
        builder.Property(supplier => supplier.Name).HasMaxLength(120);
        builder.Property(supplier => supplier.PhoneNumber).HasMaxLength(30);
        builder.Property(supplier => supplier.StreetLine).HasMaxLength(100);
        builder.Property(supplier => supplier.Town).HasMaxLength(100);
    }
}
