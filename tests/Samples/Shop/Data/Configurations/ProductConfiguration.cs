using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.Property(product => product.Sku).HasMaxLength(100);
        builder.Property(product => product.Barcode).HasMaxLength(14);
        builder.Property(product => product.Name).HasMaxLength(200);
        builder.Property(product => product.Price).HasPrecision(10, 2);

        builder.HasIndex(product => product.Sku).IsUnique();
        builder.HasIndex(product => product.Name).IsCreatedConcurrently();

        builder.OwnsOne(product => product.Attributes, attributes => attributes.ToJson());

        builder.HasMany(product => product.Tags).WithMany(tag => tag.Products);
    }
}
