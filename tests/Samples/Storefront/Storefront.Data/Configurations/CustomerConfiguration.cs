using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Storefront.Data.Entities;

namespace Storefront.Data.Configurations;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("Customers");
        builder.Property(c => c.Email).HasColumnName("email_address").IsRequired(); // uses Customers.email_address
        builder.HasIndex("Email").IsUnique(); // uses Customers.email_address
        builder.Property(c => c.Note).HasColumnName("Note"); // no use
        builder.HasMany(c => c.Orders).WithOne(o => o.Customer); // uses Orders
    }
}
