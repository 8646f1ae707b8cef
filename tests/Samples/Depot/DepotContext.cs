using Microsoft.EntityFrameworkCore;

namespace Depot;

/// <summary>A little of everything that the provider writes.</summary>
public class DepotContext : DbContext
{
    public DbSet<Part> Parts => Set<Part>();

    public DbSet<Shelf> Shelves => Set<Shelf>();

    public DbSet<Move> Moves => Set<Move>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseMySql(Environment.GetEnvironmentVariable("DEPOT") ?? "Server=none", new MariaDbServerVersion("10.11"));

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Part>(part =>
        {
            part.ToTable(table =>
            {
                table.HasComment("it's \"what\" is kept");
                table.HasCheckConstraint("CK_Parts_Weight", "Weight > 0 AND (Weight < 1000.50 OR `Name` IN ('it''s', 'big'))");
                table.HasCheckConstraint("CK_Parts_Code", "NOT (CHAR_LENGTH(Code) > 20)");
            });
            part.Property(each => each.Left).HasDefaultValue(7);
            part.HasAlternateKey(each => each.Code);
            part.Property(each => each.Code).HasMaxLength(20);
            part.Property(each => each.Name).HasMaxLength(240).HasDefaultValue("it's \\ 'new'").HasComment("what it's called");
            part.Property(each => each.Weight).HasPrecision(10, 3).HasDefaultValue(1.5m);
            part.Property(each => each.Sharp).UseCollation("utf8mb4_bin").HasMaxLength(40);
            part.Property(each => each.Old).HasCharSet("latin1").HasMaxLength(40);
            part.Property(each => each.Plain).UseCollation("utf8mb4_general_ci").HasMaxLength(40);
            part.Property(each => each.Details).HasColumnType("json");
            part.Property(each => each.Kind).HasColumnType("enum('bolt','nut, or so')").HasDefaultValue("bolt");
            part.Property(each => each.Since).HasDefaultValue(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
            part.Property(each => each.Made).HasDefaultValueSql("CURRENT_TIMESTAMP(6)");
            part.Property(each => each.Seen).ValueGeneratedOnAdd();
            part.Property(each => each.Stored).HasDefaultValue(false);
            part.Property(each => each.Mark).HasDefaultValue("NULL");
            part.Property(each => each.Twice).HasComputedColumnSql("`Weight` * 2", stored: true);
            part.Property(each => each.Flags).HasColumnType("bit(3)").HasDefaultValue(5UL);
            part.Property(each => each.Key).HasDefaultValueSql("(UUID())");
            part.HasIndex(each => each.Name).HasPrefixLength(20);
            part.HasIndex(each => new { each.Kind, each.Code }).IsUnique().IsDescending(false, true);
            part.HasIndex(each => each.Remarks).IsFullText();
        });
        model.Entity<Shelf>(shelf =>
        {
            shelf.Ignore(each => each.Above);
            shelf.HasMany(each => each.Parts).WithMany();
        });
        model.Entity<Move>(move =>
        {
            move.HasKey(each => new { each.PartId, each.Number });
            move.Ignore(each => each.Part);
            move.HasOne(each => each.To).WithMany().HasForeignKey(each => each.ToId).OnDelete(DeleteBehavior.Cascade);
            move.OwnsOne(each => each.Place);
        });
    }
}

public class Part
{
    public int Id { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string? Remarks { get; set; }
    public decimal Weight { get; set; }
    public string? Sharp { get; set; }
    public string? Old { get; set; }
    public string? Plain { get; set; }
    public string? Details { get; set; }
    public required string Kind { get; set; }
    public DateTime Since { get; set; }
    public DateTime Made { get; set; }
    public DateTime Seen { get; set; }
    public bool Stored { get; set; }
    public string? Mark { get; set; }
    public decimal Twice { get; set; }
    public ulong Flags { get; set; }
    public Guid Key { get; set; }
    public uint Count { get; set; }
    public sbyte Tiny { get; set; }
    public Guid? Batch { get; set; }
    public int Left { get; set; } = 7;
    public byte[]? Picture { get; set; }
    public int? Length { get; set; }
    public DateOnly? Due { get; set; }
    public TimeOnly? At { get; set; }

    [System.ComponentModel.DataAnnotations.Timestamp]
    public DateTime Version { get; set; }
}

public class Shelf
{
    public long Id { get; set; }
    public required string Title { get; set; }
    public long? AboveId { get; set; }
    public Shelf? Above { get; set; }
    public List<Part> Parts { get; } = [];
}

public class Move
{
    public int PartId { get; set; }
    public Part Part { get; set; } = null!;
    public int Number { get; set; }
    public long ToId { get; set; }
    public Shelf To { get; set; } = null!;
    public Place Place { get; set; } = null!;
}

public class Place
{
    public required string Hall { get; set; }
    public int? Row { get; set; }
}
