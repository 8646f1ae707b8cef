using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Shop.Migrations
{
    /// <inheritdoc />
    public partial class AddProductSalesView : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE VIEW "ProductSales" AS
                SELECT "ProductId", sum("Quantity")::int AS "Quantity", sum("Quantity" * "UnitPrice") AS "Revenue"
                FROM "OrderLines"
                GROUP BY "ProductId";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP VIEW "ProductSales";""");
        }
    }
}
