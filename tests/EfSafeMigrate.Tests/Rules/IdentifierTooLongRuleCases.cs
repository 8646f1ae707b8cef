using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class IdentifierTooLongRuleCases
{
    private const string Long = "ix_orders_customer_id_placed_at_status_code_note_total_quantity_archived";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("an index", Severity.Careful, $"CREATE INDEX CONCURRENTLY {Long} ON orders (note)").Outside()
            .Saying($"The index {Long} is 72 bytes long, over the 63 that PostgreSQL keeps: it becomes {Long[..63]}.")
            .Cured(Deploy(Outside("CREATE INDEX CONCURRENTLY ix_orders_summary ON orders (note)"))),
        Flagged("two that become one", Severity.Dangerous, $"CREATE INDEX CONCURRENTLY {Long}_2 ON logs (id)").After($"CREATE INDEX {Long} ON orders (note)").Outside()
            .Saying($"which {Long} is as well, and the statement fails").Cured(Deploy(Outside("CREATE INDEX CONCURRENTLY ix_logs ON logs (id)"))),
        Flagged("bytes count, not letters", Severity.Careful, $"CREATE TABLE \"{new string('ä', 32)}\" (id bigint)").Saying("64 bytes long")
            .Cured(Deploy("CREATE TABLE umlauts (id bigint)")),
        Allowed("as long as it may be", $"CREATE TABLE {new string('a', 63)} (id bigint)"),
        Allowed("a name that PostgreSQL makes", $"CREATE TABLE {new string('a', 60)} (id bigint PRIMARY KEY, n text UNIQUE)"),
        Allowed("a name that another table has", "CREATE TABLE invoices (id bigint PRIMARY KEY, note text)"),
        Allowed("only mentioned", $"DROP INDEX CONCURRENTLY IF EXISTS {Long}").Outside(),
        Allowed("an engine that keeps any", $"CREATE TABLE {Long} (id INTEGER PRIMARY KEY)").On(Sqlite),
    ];
}
