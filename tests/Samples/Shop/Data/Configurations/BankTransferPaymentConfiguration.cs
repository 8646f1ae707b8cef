using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class BankTransferPaymentConfiguration : IEntityTypeConfiguration<BankTransferPayment>
{
    public void Configure(EntityTypeBuilder<BankTransferPayment> builder)
    {
        builder.Property(payment => payment.Iban).HasMaxLength(34);
    }
}
