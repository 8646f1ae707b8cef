using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.Models;

namespace Shop.Data.Configurations;

public class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.Property(customer => customer.Name).HasMaxLength(100);
        builder.Property(customer => customer.Email).HasMaxLength(200);
        builder.Property(customer => customer.Phone).HasMaxLength(30);
        builder.Property(customer => customer.Company).HasMaxLength(120);
        builder.Property(customer => customer.NewsletterOptIn).HasDefaultValue(false);
        builder.Property(customer => customer.CreatedAt).HasDefaultValueSql("now()");

        builder.HasIndex(customer => customer.Email).IsUnique();
    }
}
