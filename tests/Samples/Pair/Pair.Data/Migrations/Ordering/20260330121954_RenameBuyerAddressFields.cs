using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pair.Data.Migrations.Ordering
{
    /// <inheritdoc />
    public partial class RenameBuyerAddressFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Street",
                table: "Buyers",
                newName: "Town");

            migrationBuilder.RenameColumn(
                name: "City",
                table: "Buyers",
                newName: "StreetLine");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Town",
                table: "Buyers",
                newName: "Street");

            migrationBuilder.RenameColumn(
                name: "StreetLine",
                table: "Buyers",
                newName: "City");
        }
    }
}
