using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Library.Migrations
{
    /// <inheritdoc />
    public partial class RenameMemberAddressFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Street",
                table: "Members",
                newName: "Town");

            migrationBuilder.RenameColumn(
                name: "City",
                table: "Members",
                newName: "StreetLine");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "Town",
                table: "Members",
                newName: "Street");

            migrationBuilder.RenameColumn(
                name: "StreetLine",
                table: "Members",
                newName: "City");
        }
    }
}
