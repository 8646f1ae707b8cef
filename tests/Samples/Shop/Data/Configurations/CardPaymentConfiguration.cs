using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class CardPaymentConfiguration : IEntityTypeConfiguration<CardPayment>
{
    public void Configure(EntityTypeBuilder<CardPayment> builder)
    {
        builder.Property(payment => payment.LastFourDigits).HasMaxLength(4);
        builder.Property(payment => payment.AuthorisationCode).HasMaxLength(40);
    }
}
