using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class CreateTableDropsExistingRuleCases
{
    private static readonly CuredForm Form = new([Deploy("ALTER TABLE logs ADD COLUMN memo text")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a table with rows", Severity.Dangerous, "DROP TABLE IF EXISTS logs; CREATE TABLE logs (id bigint PRIMARY KEY, line text)").Saying("logs is dropped with all its rows and created empty").Cured(Form),
        Flagged("without IF EXISTS", Severity.Dangerous, "DROP TABLE logs; CREATE TABLE logs (id bigint, line text)").Cured(Form),
        Flagged("one nobody described", Severity.Careful, "DROP TABLE IF EXISTS legacy; CREATE TABLE legacy (id bigint PRIMARY KEY, a integer)").Saying("is dropped where it exists").Cured(Form),
        Flagged("another engine", Severity.Dangerous, "DROP TABLE IF EXISTS orders; CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT)").On(Sqlite).Cured(LeftOut),
        Allowed("only created", "CREATE TABLE IF NOT EXISTS invoices (id bigint PRIMARY KEY)"),
        Allowed("the rows are saved", "CREATE TABLE kept AS SELECT * FROM logs; DROP TABLE logs; CREATE TABLE logs (id bigint, line text)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY); DROP TABLE invoices; CREATE TABLE invoices (id bigint PRIMARY KEY, n text)"),
        Allowed("another table is created", "DROP TABLE logs; CREATE TABLE invoices (id bigint PRIMARY KEY)"),
        Allowed("a copy takes the name", "CREATE TABLE ef_temp_orders (id INTEGER PRIMARY KEY, note TEXT); INSERT INTO ef_temp_orders SELECT id, note FROM orders; DROP TABLE orders; ALTER TABLE ef_temp_orders RENAME TO orders").On(Sqlite),
    ];
}
