using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data.Entities;

namespace Storefront.Data.Configurations;

internal sealed class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    private const string QuantityName = nameof(OrderLine.Quantity); // uses OrderLines.Quantity

    public void Configure(EntityTypeBuilder<OrderLine> builder)
    {
        builder.ToTable("OrderLines");
        builder.Property(QuantityName).HasDefaultValue(1); // may use OrderLines.Quantity
        builder.Property<decimal>("UnitPrice").HasPrecision(18, 4);
        builder.Ignore(l => l.Amount);
    }
}
