using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Migrations
{
    /// <inheritdoc />
    public partial class RenameSupplierAddressFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Street",
                table: "Suppliers",
                newName: "Town");

            migrationBuilder.RenameColumn(
                name: "City",
                table: "Suppliers",
                newName: "StreetLine");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Town",
                table: "Suppliers",
                newName: "Street");

            migrationBuilder.RenameColumn(
                name: "StreetLine",
                table: "Suppliers",
                newName: "City");
        }
    }
}
