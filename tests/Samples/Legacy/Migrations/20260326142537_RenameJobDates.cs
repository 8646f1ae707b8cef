using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workshop.Migrations
{
    /// <inheritdoc />
    public partial class RenameJobDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "OpenedOn",
                table: "tblJobs",
                newName: "CollectedOn");

            migrationBuilder.RenameColumn(
                name: "ClosedOn",
                table: "tblJobs",
                newName: "ArrivedOn");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "CollectedOn",
                table: "tblJobs",
                newName: "OpenedOn");

            migrationBuilder.RenameColumn(
                name: "ArrivedOn",
                table: "tblJobs",
                newName: "ClosedOn");
        }
    }
}
