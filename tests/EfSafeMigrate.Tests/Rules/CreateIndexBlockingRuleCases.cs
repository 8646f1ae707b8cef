using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class CreateIndexBlockingRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a large table", Severity.Dangerous, "CREATE INDEX ix_orders_placed_at ON orders (placed_at)")
            .WithRows(4_812_330, 1_181_116_006)
            .Saying("Building ix_orders_placed_at on orders (4,812,330 rows, 1.1 GB) stops every INSERT, UPDATE and DELETE on orders"),
        Flagged("a table of unknown size", Severity.Dangerous, "CREATE INDEX ix_orders_note ON orders (note) WHERE note IS NOT NULL")
            .Saying("size unknown, taken as large"),
        Flagged("a small table", Severity.Careful, "CREATE INDEX ix_orders_note ON orders (lower(note))").WithRows(900),
        Flagged("a column added just before", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text", "CREATE INDEX ix_orders_memo ON orders (memo) INCLUDE (code)"),
        Flagged("a unique index of another method", Severity.Dangerous, "CREATE UNIQUE INDEX ux_orders_number ON orders USING btree (number)").WithRows(50_000),
        Flagged("sort order and operator class", Severity.Dangerous, "CREATE INDEX ix_orders_note ON orders (note text_pattern_ops DESC NULLS LAST) WITH (fillfactor = 70)"),
        Allowed("built concurrently", "CREATE INDEX CONCURRENTLY ix_orders_note ON orders (note)").Outside().WithRows(4_812_330),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text); CREATE INDEX ix_invoices_n ON invoices (n)"),
        Allowed("the table is new since the migration before", "CREATE TABLE invoices (id bigint PRIMARY KEY, n text)", "CREATE INDEX ix_invoices_n ON invoices (n)"),
        Allowed("only the parent of partitions", "CREATE INDEX ix_events_at ON ONLY events (at)")
            .After("CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at)"),
        Allowed("an engine with one writer, which is said elsewhere", "CREATE INDEX ix_orders_note ON orders (note)").On(Sqlite),
        Flagged("SQL Server, offline", Severity.Dangerous, "CREATE INDEX ix_orders_status ON orders (status DESC) INCLUDE (number) WHERE status IS NOT NULL").OnSqlServer()
            .Saying("stops every INSERT, UPDATE and DELETE on orders"),
        Flagged("SQL Server, an edition without the online form", Severity.Dangerous, "CREATE INDEX ix_orders_status ON orders (status)").OnSqlServer("Standard")
            .Cured(Deploy("CREATE INDEX ix_orders_status ON orders (status)").WithoutTraffic()),
        Flagged("SQL Server, the table itself", Severity.Dangerous, "CREATE CLUSTERED INDEX cx_logs ON logs (id)").OnSqlServer("Enterprise").Saying("stops every read and write of logs"),
        Allowed("SQL Server, online", "CREATE INDEX ix_orders_status ON orders (status) WITH (ONLINE = ON)").OnSqlServer("Enterprise"),
    ];
}
