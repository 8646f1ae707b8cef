using Microsoft.EntityFrameworkCore;
using Pair.Data.Billing.Models;

namespace Pair.Data.Billing;

public class BillingContext(DbContextOptions<BillingContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<InvoiceLine> InvoiceLines => Set<InvoiceLine>();

    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>().Property(a => a.Name).HasMaxLength(120);

        modelBuilder.Entity<Invoice>(invoice =>
        {
            invoice.Property(i => i.Number).HasMaxLength(20);
            invoice.Property(i => i.Reference).HasColumnType("varchar(100)");
            invoice.Property(i => i.Total).HasColumnType("decimal(12,4)").HasPrecision(12, 4);

            invoice.HasIndex(i => i.Number).IsUnique();

            invoice.OwnsOne(i => i.Details, details => details.ToJson());
        });

        modelBuilder.Entity<InvoiceLine>(line =>
        {
            line.HasKey(l => new { l.InvoiceId, l.LineNumber });
            line.Property(l => l.Text).HasMaxLength(200);
            line.Property(l => l.Amount).HasPrecision(10, 2);
        });

        modelBuilder.Entity<TaxRate>(rate =>
        {
            rate.Property(r => r.Name).HasMaxLength(40);
            rate.Property(r => r.Percentage).HasPrecision(5, 2);
        });

        modelBuilder.Entity<Receipt>(receipt =>
        {
            receipt.Property(r => r.Method).HasConversion<string>().HasMaxLength(20);
            receipt.Property(r => r.Amount).HasPrecision(10, 2);
        });
    }
}
