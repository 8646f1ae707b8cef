using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pair.Data.Migrations.Billing
{
    /// <inheritdoc />
    public partial class AddAccountPaymentTerm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "ReminderCount",
                table: "Accounts",
                newName: "PaymentTermDays");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "PaymentTermDays",
                table: "Accounts",
                newName: "ReminderCount");
        }
    }
}
