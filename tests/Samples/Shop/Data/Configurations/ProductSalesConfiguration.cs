using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class ProductSalesConfiguration : IEntityTypeConfiguration<ProductSales>
{
    public void Configure(EntityTypeBuilder<ProductSales> builder)
    {
        builder.HasNoKey();
        builder.ToView("ProductSales");
    }
}
