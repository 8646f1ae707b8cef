using System;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Depot.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "Parts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    Code = table.Column<string>(type: "varchar(20)", maxLength: 20, nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Name = table.Column<string>(type: "varchar(200)", maxLength: 200, nullable: false, defaultValue: "it's \\ 'new'", comment: "what it's called")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Notes = table.Column<string>(type: "varchar(255)", nullable: true)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Weight = table.Column<decimal>(type: "decimal(10,3)", precision: 10, scale: 3, nullable: false, defaultValue: 1.5m),
                    Sharp = table.Column<string>(type: "varchar(40)", maxLength: 40, nullable: true, collation: "utf8mb4_bin")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Old = table.Column<string>(type: "varchar(40)", maxLength: 40, nullable: true)
                        .Annotation("MySql:CharSet", "latin1"),
                    Plain = table.Column<string>(type: "varchar(40)", maxLength: 40, nullable: true, collation: "utf8mb4_general_ci")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Details = table.Column<string>(type: "json", nullable: true)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Kind = table.Column<string>(type: "enum('bolt','nut, or so')", nullable: false, defaultValue: "bolt")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Since = table.Column<DateTime>(type: "datetime(6)", nullable: false, defaultValue: new DateTime(2020, 1, 2, 3, 4, 5, 0, DateTimeKind.Utc)),
                    Made = table.Column<DateTime>(type: "datetime(6)", nullable: false, defaultValueSql: "CURRENT_TIMESTAMP(6)"),
                    Seen = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    Stored = table.Column<bool>(type: "tinyint(1)", nullable: false, defaultValue: true),
                    Mark = table.Column<string>(type: "longtext", nullable: true, defaultValue: "NULL")
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Twice = table.Column<decimal>(type: "decimal(65,30)", nullable: false, computedColumnSql: "`Weight` * 2", stored: true),
                    Flags = table.Column<ulong>(type: "bit(3)", nullable: false, defaultValue: 5ul),
                    Key = table.Column<Guid>(type: "char(36)", nullable: false, defaultValueSql: "(UUID())", collation: "ascii_general_ci"),
                    Count = table.Column<uint>(type: "int unsigned", nullable: false),
                    Tiny = table.Column<sbyte>(type: "tinyint", nullable: false),
                    Picture = table.Column<byte[]>(type: "longblob", nullable: true),
                    Length = table.Column<double>(type: "double", nullable: false),
                    Due = table.Column<DateOnly>(type: "date", nullable: true),
                    At = table.Column<TimeOnly>(type: "time(6)", nullable: true),
                    Version = table.Column<DateTime>(type: "datetime(6)", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Parts", x => x.Id);
                    table.UniqueConstraint("AK_Parts_Code", x => x.Code);
                    table.CheckConstraint("CK_Parts_Code", "NOT (CHAR_LENGTH(Code) > 20)");
                    table.CheckConstraint("CK_Parts_Weight", "Weight > 0 AND (Weight < 1000.50 OR `Name` IN ('it''s', 'big'))");
                },
                comment: "it's \"what\" is kept")
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "Shelves",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MySql:ValueGenerationStrategy", MySqlValueGenerationStrategy.IdentityColumn),
                    Title = table.Column<string>(type: "longtext", nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    AboveId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Shelves", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shelves_Shelves_AboveId",
                        column: x => x.AboveId,
                        principalTable: "Shelves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "Moves",
                columns: table => new
                {
                    PartId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    ToId = table.Column<long>(type: "bigint", nullable: false),
                    Place_Hall = table.Column<string>(type: "longtext", nullable: false)
                        .Annotation("MySql:CharSet", "utf8mb4"),
                    Place_Row = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Moves", x => new { x.PartId, x.Number });
                    table.ForeignKey(
                        name: "FK_Moves_Parts_PartId",
                        column: x => x.PartId,
                        principalTable: "Parts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Moves_Shelves_ToId",
                        column: x => x.ToId,
                        principalTable: "Shelves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateTable(
                name: "PartShelf",
                columns: table => new
                {
                    PartsId = table.Column<int>(type: "int", nullable: false),
                    ShelfId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PartShelf", x => new { x.PartsId, x.ShelfId });
                    table.ForeignKey(
                        name: "FK_PartShelf_Parts_PartsId",
                        column: x => x.PartsId,
                        principalTable: "Parts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_PartShelf_Shelves_ShelfId",
                        column: x => x.ShelfId,
                        principalTable: "Shelves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.CreateIndex(
                name: "IX_Moves_ToId",
                table: "Moves",
                column: "ToId");

            migrationBuilder.CreateIndex(
                name: "IX_Parts_Kind_Code",
                table: "Parts",
                columns: new[] { "Kind", "Code" },
                unique: true,
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "IX_Parts_Name",
                table: "Parts",
                column: "Name")
                .Annotation("MySql:IndexPrefixLength", new[] { 20 });

            migrationBuilder.CreateIndex(
                name: "IX_Parts_Notes",
                table: "Parts",
                column: "Notes")
                .Annotation("MySql:FullTextIndex", true);

            migrationBuilder.CreateIndex(
                name: "IX_PartShelf_ShelfId",
                table: "PartShelf",
                column: "ShelfId");

            migrationBuilder.CreateIndex(
                name: "IX_Shelves_AboveId",
                table: "Shelves",
                column: "AboveId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Moves");

            migrationBuilder.DropTable(
                name: "PartShelf");

            migrationBuilder.DropTable(
                name: "Parts");

            migrationBuilder.DropTable(
                name: "Shelves");
        }
    }
}
