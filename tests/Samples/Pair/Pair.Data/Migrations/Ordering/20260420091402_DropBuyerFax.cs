using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pair.Data.Migrations.Ordering
{
    /// <inheritdoc />
    public partial class DropBuyerFax : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Fax",
                table: "Buyers");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Fax",
                table: "Buyers",
                type: "TEXT",
                maxLength: 30,
                nullable: true);
        }
    }
}
