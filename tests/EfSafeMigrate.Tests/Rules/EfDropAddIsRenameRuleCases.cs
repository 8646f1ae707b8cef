using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EfDropAddIsRenameRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        FlaggedOperations("a like name of another shape", Severity.Dangerous, new DropColumn(Shop.OrdersTable, "note"), new AddColumn(Shop.OrdersTable, Shop.Column("note_text", "varchar(200)")))
            .WithRows(50_211).Saying("if note_text is note under a new name, its values in 50,211 rows are lost")
            .Cured(Beside("orders", "note", "note_text", "varchar(200)", "{old}::varchar(200)")),
        Flagged("the same name of another type", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN code; ALTER TABLE orders ADD COLUMN code integer").Saying("added again under the same name")
            .Cured(Beside("orders", "code", "code_number", "integer", "substring({old}, 2)::integer", "'c' || {new}")),
        FlaggedOperations("a table of the same columns", Severity.Dangerous,
            new DropTable(Shop.Customers),
            new CreateTable(new(new(null, "clients"), [Shop.Column("id", "bigint", false), Shop.Column("email", "varchar(100)"), Shop.Column("name", "varchar(50)")])))
            .Saying("if it is customers under a new name")
            .Cured(LeftOut)
            .Cured([Deploy("CREATE TABLE clients (id bigint NOT NULL, email varchar(100), name varchar(50))"), .. Retired("customers")]),
        FlaggedOperations("added first", Severity.Dangerous, new AddColumn(Shop.OrdersTable, Shop.Column("quantity", "bigint")), new DropColumn(Shop.OrdersTable, "qty"))
            .Cured(Beside("orders", "qty", "quantity", "bigint")),
        AllowedOperations("nothing alike", new DropColumn(Shop.OrdersTable, "note"), new AddColumn(Shop.OrdersTable, Shop.Column("weight", "integer"))),
        Allowed("the values are copied", "ALTER TABLE orders ADD COLUMN note_text varchar(200); UPDATE orders SET note_text = left(note, 200); ALTER TABLE orders DROP COLUMN note"),
        Allowed("computed columns", "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 3) STORED")
            .After("ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED"),
        Allowed("only a drop", "ALTER TABLE orders DROP COLUMN note"),
        AllowedOperations("another table altogether", new DropTable(Shop.Customers), new CreateTable(new(new(null, "invoices"), [Shop.Column("id", "bigint", false), Shop.Column("due", "date")]))),
    ];
}
