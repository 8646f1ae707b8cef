using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workshop.Migrations
{
    /// <inheritdoc />
    public partial class AddOpenJobsView : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(@"
                CREATE VIEW vwOpenJobs AS
                SELECT j.JobId, v.Registration, c.CustomerName, j.Status
                FROM tblJobs j
                JOIN tblVehicles v ON v.VehicleId = j.VehicleId
                JOIN tblCustomers c ON c.Id = v.CustomerId
                WHERE j.Status <> 'Done';");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW vwOpenJobs;");
        }
    }
}
