using Microsoft.EntityFrameworkCore;

namespace Phases.Store;

public class StoreContext : DbContext
{
    public DbSet<Region> Regions => Set<Region>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnConfiguring(DbContextOptionsBuilder options)
        => options.UseNpgsql(Environment.GetEnvironmentVariable("PHASES") ?? "Host=localhost", npgsql =>
        {
            if (Environment.GetEnvironmentVariable("PHASES_RETRY") == "1")
            {
                npgsql.EnableRetryOnFailure();
            }
        });

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Customer>(customer =>
        {
            customer.Property(each => each.Name).HasMaxLength(100);
            customer.Property(each => each.Code).HasMaxLength(40);
            customer.Property(each => each.Phone).HasMaxLength(30);
            customer.HasIndex(each => each.Name);
            customer.HasOne<Region>().WithMany().HasForeignKey(each => each.HomeRegionId);
        });
    }
}
