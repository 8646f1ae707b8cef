using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Depot.Migrations
{
    /// <inheritdoc />
    public partial class AddHeavyParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE VIEW `HeavyParts` AS SELECT `Id`, `Name`, `Weight` FROM `Parts` WHERE `Weight` > 100;");
            migrationBuilder.Sql("CREATE TRIGGER `PartsAreTrimmed` BEFORE INSERT ON `Parts` FOR EACH ROW SET NEW.`Name` = TRIM(NEW.`Name`);");
            // The server made an index for it, which is still there.
            migrationBuilder.AddForeignKey("FK_Shelves_Tried", "Shelves", "AboveId", "Shelves", principalColumn: "Id");
            migrationBuilder.DropForeignKey("FK_Shelves_Tried", "Shelves");
            migrationBuilder.Sql("CREATE INDEX `HeavyFirst` ON `Parts` (`Weight` DESC, `Id`);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX `HeavyFirst` ON `Parts`;");
            migrationBuilder.Sql("DROP TRIGGER `PartsAreTrimmed`;");
            migrationBuilder.Sql("DROP VIEW `HeavyParts`;");
        }
    }
}
