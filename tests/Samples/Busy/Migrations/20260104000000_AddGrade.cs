using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Busy.Migrations;

[DbContext(typeof(GuardedContext)), Migration("20260101000000_Initial")]
public class GuardedInitial : Initial;

[DbContext(typeof(GuardedContext)), Migration("20260104000000_AddGrade")]
public class GuardedAddGrade : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.AddColumn<string>(name: Environment.GetEnvironmentVariable("BUSY_EDITED") ?? "Grade", table: "Notes", type: "text", nullable: true);
}

[DbContext(typeof(GuardedContext)), Migration("20260105000000_DropTitle")]
public class GuardedDropTitle : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn(name: "Title", table: "Notes");

    protected override void BuildTargetModel(ModelBuilder modelBuilder) => modelBuilder.Entity("Busy.Note", note =>
    {
        note.Property<int>("Id").HasColumnType("integer");
        note.HasKey("Id");
        note.ToTable("Notes");
    });
}
