namespace EfSafeMigrate.EndToEndTests.Setup;

internal static class Dangerous
{
    /// <summary>A migration of the library, without a Designer, that takes away what the running release reads.</summary>
    public const string Migration = """
        using Library.Data;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;

        namespace Library.Migrations;

        [DbContext(typeof(LibraryContext))]
        [Migration("20990101000000_DropFines")]
        public partial class DropFines : Migration
        {
            protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Fines");

            protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable("Fines", table => new { Id = table.Column<int>() });
        }
        """;
}
