using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Changes;

/// <summary>EF's operations with the statements that Pomelo makes of them.</summary>
public class PomeloIsCarried
{
    private static readonly DatabaseModel Model = StatementReader.Read("""
        CREATE TABLE `Posts` (`Id` int NOT NULL AUTO_INCREMENT, `Number` int NOT NULL, `Title` varchar(20) CHARACTER SET utf8mb4 NULL, CONSTRAINT `PK_Posts` PRIMARY KEY (`Id`));
        """, SqlDialect.MySql, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);

    [Fact]
    public void The_number_goes_before_the_key() =>
        Carried(
            """{ "operation": "DropPrimaryKey", "table": "Posts", "name": "PK_Posts" }""",
            "CALL POMELO_BEFORE_DROP_PRIMARY_KEY(NULL, 'Posts');\nALTER TABLE `Posts` DROP PRIMARY KEY;").ShouldBe("""
            AlterColumn(Table: Posts; New: Column(Name: Id; Type: int; Nullable: False); Old: Column(Name: Id; Type: int; Nullable: False; Identity: True); Clause: CALL; Origin: Origin(Operation: -1; Emitted: True))
            DropPrimaryKey(Table: Posts; Name: PK_Posts)
            """);

    [Fact]
    public void And_comes_behind_the_new_one() =>
        Carried(
            """{ "operation": "AddPrimaryKey", "table": "Posts", "name": "PK_Posts", "columns": ["Number"] }""",
            "ALTER TABLE `Posts` ADD CONSTRAINT `PK_Posts` PRIMARY KEY (`Number`);\nCALL POMELO_AFTER_ADD_PRIMARY_KEY(NULL, 'Posts', 'Number');").ShouldBe("""
            AddPrimaryKey(Table: Posts; Key: Key(Name: PK_Posts; Columns: [Number]))
            AlterColumn(Table: Posts; New: Column(Name: Number; Type: int; Nullable: False; Identity: True); Old: Column(Name: Number; Type: int; Nullable: False); Clause: CALL; Origin: Origin(Operation: -1; Emitted: True))
            """);

    [Fact]
    public void Rows_found_by_NULL_are_one_statement() =>
        Carried(
            """{ "operation": "UpdateData", "table": "Posts", "columns": ["Title"], "values": { "rows": 1 } }""",
            "UPDATE `Posts` SET `Title` = ''\nWHERE `Title` IS NULL;\nSELECT ROW_COUNT();\n").ShouldBe("UpdateRows(Table: Posts; Columns: [Title]; Where: `Title` IS NULL; Values: `Title` = '')");

    [Fact]
    public void Rows_found_by_a_key_stay_an_operation() =>
        Carried(
            """{ "operation": "UpdateData", "table": "Posts", "columns": ["Title"], "values": { "rows": 1 } }""",
            "UPDATE `Posts` SET `Title` = ''\nWHERE `Id` = 1;\nSELECT ROW_COUNT();\n").ShouldBe("UpdateData(Table: Posts; Columns: [Title]; Rows: 1; Keys: [`Id` = 1])");

    [Fact]
    public void A_column_has_the_character_set_that_is_written() =>
        Carried(
            """{ "operation": "AlterColumn", "table": "Posts", "name": "Title", "storeType": "varchar(20)", "isNullable": true }""",
            "ALTER TABLE `Posts` MODIFY COLUMN `Title` varchar(20) CHARACTER SET latin1 NULL;").ShouldBe(
            "AlterColumn(Table: Posts; New: Column(Name: Title; Type: varchar(20); Charset: latin1); Old: Column(Name: Title; Type: varchar(20); Charset: utf8mb4))");

    private static string Carried(string operation, string sql) =>
        ChangeReader.Carried(JsonDocument.Parse(operation).RootElement, [new CommandMessage(sql, false, [0])], Model, SqlDialect.MySql).Show();
}
