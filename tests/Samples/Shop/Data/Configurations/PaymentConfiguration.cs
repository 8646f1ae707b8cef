using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.Property(payment => payment.Amount).HasPrecision(12, 4);

        builder.HasDiscriminator<string>("Method")
            .HasValue<CardPayment>("card")
            .HasValue<BankTransferPayment>("transfer");

        builder.Property("Method").HasMaxLength(20);
    }
}
