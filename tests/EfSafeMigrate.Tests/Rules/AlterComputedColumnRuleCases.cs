using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AlterComputedColumnRuleCases
{
    private const string Twice = "ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 2) STORED";

    private static readonly CuredForm Form = new([Deploy("ALTER TABLE orders ADD COLUMN thrice numeric", Filled("orders", "thrice", "total * 3")), .. Retired("orders", "twice")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("dropped and added", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 3) STORED").WithRows(4_812_330).After(Twice)
            .Saying("orders.twice is dropped and computed again as total * 3 for every row of orders (4,812,330 rows)").Cured(Form),
        Flagged("with an index over it", Severity.Dangerous, "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 3) STORED")
            .After($"{Twice}; CREATE INDEX ix_twice ON orders (twice)").Saying("ix_twice goes with the old column").Cured(Form),
        Flagged("a small table", Severity.Careful, "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (total * 3) STORED").WithRows(900).After(Twice).Cured(Form),
        Flagged("an engine that commits each statement", Severity.Careful, "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (qty * 3) VIRTUAL").On("mysql")
            .After("ALTER TABLE orders ADD COLUMN twice int GENERATED ALWAYS AS (qty * 2) VIRTUAL").Saying("in between every query that names it fails")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN thrice int GENERATED ALWAYS AS (qty * 3) VIRTUAL")),
        Allowed("only dropped", "ALTER TABLE orders DROP COLUMN twice").After(Twice),
        Allowed("an ordinary column takes its place", "ALTER TABLE orders DROP COLUMN twice; ALTER TABLE orders ADD COLUMN twice numeric").After(Twice),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n integer, m integer GENERATED ALWAYS AS (n * 2) STORED); ALTER TABLE invoices DROP COLUMN m; ALTER TABLE invoices ADD COLUMN m integer GENERATED ALWAYS AS (n * 3) STORED"),
    ];
}
