using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class DropViewRuleCases
{
    private const string View = "CREATE VIEW v_orders AS SELECT id FROM orders";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a view", Severity.Dangerous, "DROP VIEW v_orders").After(View).Saying("every query of the running release on it fails").Cured(LeftOut),
        Flagged("one that holds rows", Severity.Dangerous, "DROP MATERIALIZED VIEW mv").After("CREATE MATERIALIZED VIEW mv AS SELECT id FROM orders").Cured(LeftOut),
        Flagged("another engine", Severity.Dangerous, "DROP VIEW v_orders").On(Sqlite).After(View).Cured(LeftOut),
        Flagged("one nobody described", Severity.Careful, "DROP VIEW IF EXISTS v_unknown").Saying("where the running release reads it").Cured(LeftOut) with { Runs = false },
        Allowed("it is created again", "DROP VIEW v_orders; CREATE VIEW v_orders AS SELECT id, note FROM orders").After(View),
        Allowed("the view is new", "CREATE VIEW v_notes AS SELECT id, note FROM orders; DROP VIEW v_notes"),
        Allowed("it is created again on another engine", "DROP VIEW v_orders; CREATE VIEW v_orders AS SELECT id, note FROM orders").On(Sqlite).After(View),
        Allowed("a view is created", "CREATE VIEW v_notes AS SELECT id, note FROM orders"),
    ];
}
