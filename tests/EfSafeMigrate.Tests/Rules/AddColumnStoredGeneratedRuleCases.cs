using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnStoredGeneratedRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a text in lower case", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN note_lc text GENERATED ALWAYS AS (lower(note)) STORED").WithRows(4_812_330)
            .Saying("note_lc is computed as lower(note) and stored for every row of orders (4,812,330 rows)")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN note_lc text", Filled("orders", "note_lc", "lower(note)"))),
        Flagged("a product", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN twice numeric", Filled("orders", "twice", "total * 2"))),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED").WithRows(900)
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN twice numeric", Filled("orders", "twice", "total * 2"))),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (qty * 2) STORED").On("mariadb")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (qty * 2) VIRTUAL")),
        Allowed("virtual, where the engine has it", "ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (qty * 2) VIRTUAL").On("mysql"),
        Allowed("an ordinary column", "ALTER TABLE orders ADD COLUMN note_lc text"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n numeric); ALTER TABLE invoices ADD COLUMN twice numeric GENERATED ALWAYS AS (n * 2) STORED"),
    ];
}
