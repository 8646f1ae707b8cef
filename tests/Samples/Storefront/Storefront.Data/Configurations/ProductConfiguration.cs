using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data.Entities;

namespace Storefront.Data.Configurations;

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("Products").HasAlternateKey(p => p.Sku); // uses Products.Sku
        builder.Property(nameof(Product.Sku)).IsUnicode(false); // uses Products.Sku
        builder.Property(p => p.Quantity).HasColumnName("Quantity"); // no use
        builder.HasData(new { Id = 1, Sku = "GIFT", Name = "Gift wrap", Price = 2.5m, Quantity = 100 }); // may use Products.Sku
    }
}
