using Library.Models;
using Microsoft.EntityFrameworkCore;

namespace Library.Data;

public class LibraryContext(DbContextOptions<LibraryContext> options) : DbContext(options)
{
    public DbSet<Branch> Branches => Set<Branch>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<Copy> Copies => Set<Copy>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<Loan> Loans => Set<Loan>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    public DbSet<Fine> Fines => Set<Fine>();

    public DbSet<Subject> Subjects => Set<Subject>();

    public DbSet<OverdueLoan> OverdueLoans => Set<OverdueLoan>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Branch>(branch =>
        {
            branch.Property(b => b.Name).HasMaxLength(80);
            branch.Property(b => b.OpeningHours).HasMaxLength(200);

            branch.OwnsOne(b => b.Address, address =>
            {
                address.Property(a => a.Street).HasMaxLength(100);
                address.Property(a => a.City).HasMaxLength(100);
                address.Property(a => a.PostCode).HasMaxLength(12);
            });
        });

        modelBuilder.Entity<Author>(author =>
        {
            author.Property(a => a.Name).HasMaxLength(120);

            author.HasIndex(a => a.Name);

            author.HasMany(a => a.Books).WithMany(b => b.Authors);
        });

        modelBuilder.Entity<Item>(item =>
        {
            item.Property(i => i.Title).HasColumnType("varchar(200)");
            item.Property(i => i.ShelfMark).HasMaxLength(20);
            item.Property(i => i.Language).HasMaxLength(2);

            item.HasDiscriminator<string>("Kind")
                .HasValue<Book>("book")
                .HasValue<Magazine>("magazine")
                .HasValue<AudioBook>("audio");
            item.Property("Kind").HasMaxLength(10);
        });

        modelBuilder.Entity<Book>().Property(b => b.Isbn).HasMaxLength(13);
        modelBuilder.Entity<Magazine>().Property(m => m.Issue).HasMaxLength(40);
        modelBuilder.Entity<AudioBook>().Property(a => a.Narrator).HasMaxLength(120);

        modelBuilder.Entity<Copy>(copy =>
        {
            copy.Property(c => c.Barcode).HasMaxLength(20);
            copy.Property(c => c.Condition).HasConversion<string>().HasMaxLength(20);
        });

        modelBuilder.Entity<Member>(member =>
        {
            member.Property(m => m.Number).HasMaxLength(12);
            member.Property(m => m.Name).HasMaxLength(120);
            member.Property(m => m.Email).HasMaxLength(200);
            member.Property(m => m.PhoneNumber).HasMaxLength(30);
            member.Property(m => m.StreetLine).HasMaxLength(100);
            member.Property(m => m.Town).HasMaxLength(100);
            member.Property(m => m.Notes).HasMaxLength(500);
            member.Property(m => m.IsActive).HasDefaultValue(true);

            member.HasIndex(m => m.Number).IsUnique();
            member.HasIndex(m => m.Email).IsUnique();

            member.OwnsOne(m => m.Notifications, notifications => notifications.ToJson());
        });

        modelBuilder.Entity<Loan>().HasIndex(l => l.DueOn);

        modelBuilder.Entity<Reservation>(reservation =>
        {
            reservation.HasKey(r => new { r.ItemId, r.MemberId });
        });

        modelBuilder.Entity<Subject>(subject =>
        {
            subject.Property(s => s.Code).HasMaxLength(10);
            subject.Property(s => s.Name).HasMaxLength(80);

            subject.HasIndex(s => s.Code).IsUnique();

            subject.HasMany(s => s.Items).WithMany(i => i.Subjects);
        });

        modelBuilder.Entity<Fine>(fine =>
        {
            fine.Property(f => f.Amount).HasColumnType("decimal(10,3)").HasPrecision(10, 3);
        });

        modelBuilder.Entity<OverdueLoan>().HasNoKey().ToView("OverdueLoans");
    }
}
