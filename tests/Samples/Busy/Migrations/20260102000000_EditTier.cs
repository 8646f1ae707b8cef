using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Busy.Migrations;

[DbContext(typeof(EditedContext)), Migration("20260102000000_EditTier")]
public class EditTier : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.AddColumn<string>(name: Environment.GetEnvironmentVariable("BUSY_EDITED") ?? "Tier", table: "Notes", type: "text", nullable: true);
}

[DbContext(typeof(EditedContext)), Migration("20260103000000_AddGrade")]
public class EditedAddGrade : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.AddColumn<string>(name: "Grade", table: "Notes", type: "text", nullable: true);
}
