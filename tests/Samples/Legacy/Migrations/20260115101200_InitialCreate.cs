using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Workshop.Migrations
{
    /// <inheritdoc />
    public partial class InitialCreate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "tblCustomers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerName = table.Column<string>(type: "varchar(100)", nullable: false),
                    Phone = table.Column<string>(type: "varchar(30)", nullable: true),
                    Fax = table.Column<string>(type: "varchar(30)", nullable: true),
                    AddressStreet = table.Column<string>(type: "varchar(100)", nullable: true),
                    AddressCity = table.Column<string>(type: "varchar(100)", nullable: true),
                    AddressPostCode = table.Column<string>(type: "varchar(12)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblCustomers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tblMechanics",
                columns: table => new
                {
                    MechanicId = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "varchar(100)", nullable: false),
                    Extension = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblMechanics", x => x.MechanicId);
                });

            migrationBuilder.CreateTable(
                name: "tblParts",
                columns: table => new
                {
                    PartId = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PartNumber = table.Column<string>(type: "varchar(50)", nullable: false),
                    Description = table.Column<string>(type: "varchar(200)", nullable: true),
                    UnitPrice = table.Column<decimal>(type: "decimal(10,2)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblParts", x => x.PartId);
                });

            migrationBuilder.CreateTable(
                name: "tblSkills",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "varchar(60)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblSkills", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "tblVehicles",
                columns: table => new
                {
                    VehicleId = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerId = table.Column<int>(type: "INTEGER", nullable: false),
                    Registration = table.Column<string>(type: "varchar(12)", nullable: true),
                    Make = table.Column<string>(type: "varchar(60)", nullable: false),
                    Odometer = table.Column<int>(type: "int", nullable: false),
                    VehicleType = table.Column<string>(type: "varchar(10)", maxLength: 8, nullable: false),
                    Doors = table.Column<int>(type: "INTEGER", nullable: true),
                    PayloadKg = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblVehicles", x => x.VehicleId);
                    table.ForeignKey(
                        name: "FK_tblVehicles_tblCustomers_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "tblCustomers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tblMechanicSkills",
                columns: table => new
                {
                    MechanicsId = table.Column<int>(type: "INTEGER", nullable: false),
                    SkillsId = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblMechanicSkills", x => new { x.MechanicsId, x.SkillsId });
                    table.ForeignKey(
                        name: "FK_tblMechanicSkills_tblMechanics_MechanicsId",
                        column: x => x.MechanicsId,
                        principalTable: "tblMechanics",
                        principalColumn: "MechanicId",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_tblMechanicSkills_tblSkills_SkillsId",
                        column: x => x.SkillsId,
                        principalTable: "tblSkills",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tblJobs",
                columns: table => new
                {
                    JobId = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    VehicleId = table.Column<int>(type: "INTEGER", nullable: false),
                    MechanicId = table.Column<int>(type: "INTEGER", nullable: true),
                    Status = table.Column<string>(type: "varchar(20)", nullable: false),
                    OpenedOn = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedOn = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Checklist = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblJobs", x => x.JobId);
                    table.ForeignKey(
                        name: "FK_tblJobs_tblMechanics_MechanicId",
                        column: x => x.MechanicId,
                        principalTable: "tblMechanics",
                        principalColumn: "MechanicId");
                    table.ForeignKey(
                        name: "FK_tblJobs_tblVehicles_VehicleId",
                        column: x => x.VehicleId,
                        principalTable: "tblVehicles",
                        principalColumn: "VehicleId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tblInvoices",
                columns: table => new
                {
                    InvoiceId = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    JobId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "varchar(20)", nullable: false),
                    Amount = table.Column<decimal>(type: "TEXT", precision: 10, scale: 2, nullable: false),
                    PaidOn = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblInvoices", x => x.InvoiceId);
                    table.ForeignKey(
                        name: "FK_tblInvoices_tblJobs_JobId",
                        column: x => x.JobId,
                        principalTable: "tblJobs",
                        principalColumn: "JobId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tblJobParts",
                columns: table => new
                {
                    JobId = table.Column<int>(type: "INTEGER", nullable: false),
                    PartId = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tblJobParts", x => new { x.JobId, x.PartId });
                    table.ForeignKey(
                        name: "FK_tblJobParts_tblJobs_JobId",
                        column: x => x.JobId,
                        principalTable: "tblJobs",
                        principalColumn: "JobId",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_tblJobParts_tblParts_PartId",
                        column: x => x.PartId,
                        principalTable: "tblParts",
                        principalColumn: "PartId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_tblInvoices_JobId",
                table: "tblInvoices",
                column: "JobId");

            migrationBuilder.CreateIndex(
                name: "IX_tblJobParts_PartId",
                table: "tblJobParts",
                column: "PartId");

            migrationBuilder.CreateIndex(
                name: "IX_tblJobs_MechanicId",
                table: "tblJobs",
                column: "MechanicId");

            migrationBuilder.CreateIndex(
                name: "IX_tblJobs_VehicleId",
                table: "tblJobs",
                column: "VehicleId");

            migrationBuilder.CreateIndex(
                name: "IX_tblMechanicSkills_SkillsId",
                table: "tblMechanicSkills",
                column: "SkillsId");

            migrationBuilder.CreateIndex(
                name: "IX_tblVehicles_CustomerId",
                table: "tblVehicles",
                column: "CustomerId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "tblInvoices");

            migrationBuilder.DropTable(
                name: "tblJobParts");

            migrationBuilder.DropTable(
                name: "tblMechanicSkills");

            migrationBuilder.DropTable(
                name: "tblJobs");

            migrationBuilder.DropTable(
                name: "tblParts");

            migrationBuilder.DropTable(
                name: "tblSkills");

            migrationBuilder.DropTable(
                name: "tblMechanics");

            migrationBuilder.DropTable(
                name: "tblVehicles");

            migrationBuilder.DropTable(
                name: "tblCustomers");
        }
    }
}
