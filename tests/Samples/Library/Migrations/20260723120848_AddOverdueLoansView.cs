using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Library.Migrations
{
    /// <inheritdoc />
    public partial class AddOverdueLoansView : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE VIEW OverdueLoans AS
                SELECT Loans.Id AS LoanId, Members.Name AS MemberName, Members.Email, Items.Title, Loans.DueOn
                FROM Loans
                JOIN Members ON Members.Id = Loans.MemberId
                JOIN Copies ON Copies.Id = Loans.CopyId
                JOIN Items ON Items.Id = Copies.ItemId
                WHERE Loans.ReturnedOn IS NULL AND Loans.DueOn < datetime('now');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW OverdueLoans;");
        }
    }
}
