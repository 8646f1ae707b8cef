using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfDropAddIsRenameRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a like name of another shape", Severity.Dangerous, new DropColumn(Shop.OrdersTable, "note"), new AddColumn(Shop.OrdersTable, Shop.Column("note_text", "varchar(200)")))
            .WithRows(50_211).Saying("if note_text is note under a new name, its values in 50,211 rows are lost"),
        Flagged("the same name of another type", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN code; ALTER TABLE orders ADD COLUMN code integer").Saying("added again under the same name"),
        FlaggedOperations("a table of the same columns", Severity.Dangerous,
            new DropTable(Shop.Customers),
            new CreateTable(new(new(null, "clients"), [Shop.Column("id", "bigint", false), Shop.Column("email", "varchar(100)"), Shop.Column("name", "varchar(50)")])))
            .Saying("if it is customers under a new name"),
        FlaggedOperations("added first", Severity.Dangerous, new AddColumn(Shop.OrdersTable, Shop.Column("quantity", "bigint")), new DropColumn(Shop.OrdersTable, "qty")),
        AllowedOperations("nothing alike", new DropColumn(Shop.OrdersTable, "note"), new AddColumn(Shop.OrdersTable, Shop.Column("weight", "integer"))),
        Allowed("the values are copied", "ALTER TABLE orders ADD COLUMN note_text varchar(200); UPDATE orders SET note_text = left(note, 200); ALTER TABLE orders DROP COLUMN note"),
        Allowed("computed columns", "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 3) STORED")
            .After("ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED"),
        Allowed("only a drop", "ALTER TABLE orders DROP COLUMN note"),
        AllowedOperations("another table altogether", new DropTable(Shop.Customers), new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "bigint", false), Shop.Column("due", "date")]))),
    ];
}
