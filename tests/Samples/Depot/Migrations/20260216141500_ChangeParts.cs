using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Depot.Migrations
{
    /// <inheritdoc />
    public partial class ChangeParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Moves_Parts_PartId",
                table: "Moves");

            migrationBuilder.DropForeignKey(
                name: "FK_Shelves_Shelves_AboveId",
                table: "Shelves");

            migrationBuilder.DropIndex(
                name: "IX_Shelves_AboveId",
                table: "Shelves");

            migrationBuilder.RenameColumn(
                name: "Notes",
                table: "Parts",
                newName: "Remarks");

            migrationBuilder.RenameIndex(
                name: "IX_Parts_Notes",
                table: "Parts",
                newName: "IX_Parts_Remarks");

            migrationBuilder.AlterColumn<bool>(
                name: "Stored",
                table: "Parts",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false,
                oldClrType: typeof(bool),
                oldType: "tinyint(1)",
                oldDefaultValue: true);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Parts",
                type: "varchar(240)",
                maxLength: 240,
                nullable: false,
                defaultValue: "it's \\ 'new'",
                comment: "what it's called",
                oldClrType: typeof(string),
                oldType: "varchar(200)",
                oldMaxLength: 200,
                oldDefaultValue: "it's \\ 'new'",
                oldComment: "what it's called")
                .Annotation("MySql:CharSet", "utf8mb4")
                .OldAnnotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AlterColumn<int>(
                name: "Length",
                table: "Parts",
                type: "int",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double");

            migrationBuilder.AddColumn<Guid>(
                name: "Batch",
                table: "Parts",
                type: "char(36)",
                nullable: true,
                collation: "ascii_general_ci");

            migrationBuilder.AddColumn<int>(
                name: "Left",
                table: "Parts",
                type: "int",
                nullable: false,
                defaultValue: 7);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Batch",
                table: "Parts");

            migrationBuilder.DropColumn(
                name: "Left",
                table: "Parts");

            migrationBuilder.RenameColumn(
                name: "Remarks",
                table: "Parts",
                newName: "Notes");

            migrationBuilder.RenameIndex(
                name: "IX_Parts_Remarks",
                table: "Parts",
                newName: "IX_Parts_Notes");

            migrationBuilder.AlterColumn<bool>(
                name: "Stored",
                table: "Parts",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: true,
                oldClrType: typeof(bool),
                oldType: "tinyint(1)",
                oldDefaultValue: false);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "Parts",
                type: "varchar(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "it's \\ 'new'",
                comment: "what it's called",
                oldClrType: typeof(string),
                oldType: "varchar(240)",
                oldMaxLength: 240,
                oldDefaultValue: "it's \\ 'new'",
                oldComment: "what it's called")
                .Annotation("MySql:CharSet", "utf8mb4")
                .OldAnnotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AlterColumn<double>(
                name: "Length",
                table: "Parts",
                type: "double",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Shelves_AboveId",
                table: "Shelves",
                column: "AboveId");

            migrationBuilder.AddForeignKey(
                name: "FK_Moves_Parts_PartId",
                table: "Moves",
                column: "PartId",
                principalTable: "Parts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Shelves_Shelves_AboveId",
                table: "Shelves",
                column: "AboveId",
                principalTable: "Shelves",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }
    }
}
