using Microsoft.EntityFrameworkCore;
using Workshop.Models;

namespace Workshop.Data
{
    public class WorkshopContext : DbContext
    {
        public DbSet<Customer> Customers { get; set; }

        public DbSet<Vehicle> Vehicles { get; set; }

        public DbSet<Job> Jobs { get; set; }

        public DbSet<Mechanic> Mechanics { get; set; }

        public DbSet<Skill> Skills { get; set; }

        public DbSet<Part> Parts { get; set; }

        public DbSet<Invoice> Invoices { get; set; }

        public DbSet<Appointment> Appointments { get; set; }

        public DbSet<OpenJob> OpenJobs { get; set; }

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
        {
            if (!optionsBuilder.IsConfigured)
            {
                optionsBuilder.UseSqlite("Data Source=workshop.db");
            }
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Customer>(entity =>
            {
                entity.ToTable("tblCustomers");
                entity.Property(e => e.Name).HasColumnName("CustomerName").HasColumnType("varchar(100)").IsRequired();
                entity.Property(e => e.PhoneNumber).HasColumnType("varchar(30)");

                entity.OwnsOne(e => e.Address, address =>
                {
                    address.Property(a => a.Street).HasColumnName("AddressStreet").HasColumnType("varchar(100)");
                    address.Property(a => a.City).HasColumnName("AddressCity").HasColumnType("varchar(100)");
                    address.Property(a => a.PostCode).HasColumnName("AddressPostCode").HasColumnType("varchar(12)");
                });
                entity.Navigation(e => e.Address).IsRequired();
            });

            modelBuilder.Entity<Vehicle>(entity =>
            {
                entity.ToTable("tblVehicles");
                entity.Property(e => e.Id).HasColumnName("VehicleId");
                entity.Property(e => e.Registration).HasColumnType("varchar(12)").IsRequired();
                entity.Property(e => e.Make).HasColumnType("varchar(60)").IsRequired();
                entity.Property(e => e.Colour).HasColumnType("varchar(30)");
                entity.Property(e => e.IsActive).HasDefaultValue(true);
                entity.Property(e => e.Odometer).HasColumnType("bigint");

                entity.HasDiscriminator<string>("VehicleType")
                    .HasValue<Car>("CAR")
                    .HasValue<Van>("VAN");
                entity.Property("VehicleType").HasColumnType("varchar(10)");
            });

            modelBuilder.Entity<Job>(entity =>
            {
                entity.ToTable("tblJobs");
                entity.Property(e => e.Id).HasColumnName("JobId");
                entity.Property(e => e.Status).HasConversion<string>().HasColumnType("varchar(20)");
                entity.HasIndex(e => e.Status);
                entity.OwnsOne(e => e.Checklist, checklist => checklist.ToJson());
            });

            modelBuilder.Entity<JobPart>(entity =>
            {
                entity.ToTable("tblJobParts");
                entity.HasKey(e => new { e.JobId, e.PartId });
                entity.HasOne(e => e.Job).WithMany(e => e.Parts).HasForeignKey(e => e.JobId);
            });

            modelBuilder.Entity<Mechanic>(entity =>
            {
                entity.ToTable("tblMechanics");
                entity.Property(e => e.Id).HasColumnName("MechanicId");
                entity.Property(e => e.Name).HasColumnType("varchar(100)").IsRequired();

                entity.HasMany(e => e.Skills)
                    .WithMany(e => e.Mechanics)
                    .UsingEntity(join => join.ToTable("tblMechanicSkills"));
            });

            modelBuilder.Entity<Skill>(entity =>
            {
                entity.ToTable("tblSkills");
                entity.Property(e => e.Name).HasColumnType("varchar(60)").IsRequired();
            });

            modelBuilder.Entity<Part>(entity =>
            {
                entity.ToTable("tblParts");
                entity.Property(e => e.Id).HasColumnName("PartId");
                entity.Property(e => e.PartNumber).HasColumnType("varchar(100)").IsRequired();
                entity.Property(e => e.Description).HasColumnType("varchar(200)");
                entity.Property(e => e.UnitPrice).HasColumnType("decimal(10,2)");
            });

            modelBuilder.Entity<Appointment>(entity =>
            {
                entity.ToTable("tblAppointments");
                entity.Property(e => e.Bay).HasColumnType("varchar(10)").IsRequired();
                entity.HasIndex(e => new { e.Bay, e.StartsAt }).IsUnique();
            });

            modelBuilder.Entity<Invoice>(entity =>
            {
                entity.ToTable("tblInvoices");
                entity.Property(e => e.Id).HasColumnName("InvoiceId");
                entity.Property(e => e.Number).HasColumnType("varchar(20)").IsRequired();
                entity.Property(e => e.Amount).HasPrecision(10, 2);
            });

            modelBuilder.Entity<OpenJob>(entity =>
            {
                entity.HasNoKey();
                entity.ToView("vwOpenJobs");
            });
        }
    }
}
