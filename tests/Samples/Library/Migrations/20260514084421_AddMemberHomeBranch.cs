using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Library.Migrations
{
    /// <inheritdoc />
    public partial class AddMemberHomeBranch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "HomeBranchId",
                table: "Members",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Members_HomeBranchId",
                table: "Members",
                column: "HomeBranchId");

            migrationBuilder.AddForeignKey(
                name: "FK_Members_Branches_HomeBranchId",
                table: "Members",
                column: "HomeBranchId",
                principalTable: "Branches",
                principalColumn: "Id");

            // Until they choose one, members belong to the branch where they borrowed last.
            migrationBuilder.Sql(
                """
                UPDATE Members
                SET HomeBranchId = (
                    SELECT Copies.BranchId
                    FROM Loans
                    JOIN Copies ON Copies.Id = Loans.CopyId
                    WHERE Loans.MemberId = Members.Id
                    ORDER BY Loans.LentOn DESC
                    LIMIT 1);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Members_Branches_HomeBranchId",
                table: "Members");

            migrationBuilder.DropIndex(
                name: "IX_Members_HomeBranchId",
                table: "Members");

            migrationBuilder.DropColumn(
                name: "HomeBranchId",
                table: "Members");
        }
    }
}
