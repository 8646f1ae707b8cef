using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Busy.Migrations;

public abstract class NotesMigration : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => modelBuilder.Entity("Busy.Note", note =>
    {
        note.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer").HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
        note.Property<string>("Title").IsRequired().HasMaxLength(100).HasColumnType("character varying(100)");
        note.HasKey("Id");
        note.ToTable("Notes");
    });
}

public abstract class Initial : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "Notes",
        table => new
        {
            Id = table.Column<int>(type: "integer", nullable: false).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
        },
        constraints: table => table.PrimaryKey("PK_Notes", note => note.Id));
}

[DbContext(typeof(PlainContext)), Migration("20260101000000_Initial")]
public class PlainInitial : Initial;

[DbContext(typeof(ConcurrentContext)), Migration("20260101000000_Initial")]
public class ConcurrentInitial : Initial;

[DbContext(typeof(UniqueContext)), Migration("20260101000000_Initial")]
public class UniqueInitial : Initial;

[DbContext(typeof(SlowContext)), Migration("20260101000000_Initial")]
public class SlowInitial : Initial;

[DbContext(typeof(EditedContext)), Migration("20260101000000_Initial")]
public class EditedInitial : Initial;

[DbContext(typeof(PruneContext)), Migration("20260101000000_Initial")]
public class PruneInitial : Initial;

[DbContext(typeof(WaitingContext)), Migration("20260101000000_Initial")]
public class WaitingInitial : Initial;
