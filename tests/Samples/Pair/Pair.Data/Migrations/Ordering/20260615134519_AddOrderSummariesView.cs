using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pair.Data.Migrations.Ordering
{
    /// <inheritdoc />
    public partial class AddOrderSummariesView : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE VIEW OrderSummaries AS
                SELECT Orders.Id AS OrderId, Buyers.Name AS BuyerName, count(OrderItems.ProductId) AS Items
                FROM Orders
                JOIN Buyers ON Buyers.Id = Orders.BuyerId
                LEFT JOIN OrderItems ON OrderItems.OrderId = Orders.Id
                GROUP BY Orders.Id, Buyers.Name;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW OrderSummaries;");
        }
    }
}
