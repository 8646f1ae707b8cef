using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RefreshMatviewRuleCases
{
    private const string View = "CREATE MATERIALIZED VIEW mv AS SELECT id, note FROM orders";

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("it could be done concurrently", Severity.Dangerous, "REFRESH MATERIALIZED VIEW mv").After($"{View}; CREATE UNIQUE INDEX ux_mv ON mv (id)").Saying("REFRESH of the materialized view mv"),
        Flagged("it has no unique index", Severity.Dangerous, "REFRESH MATERIALIZED VIEW mv").After(View)
            .Cured(new CuredForm([Deploy(Concurrently("mv", "ux_mv", "id"), "REFRESH MATERIALIZED VIEW CONCURRENTLY mv")]).Leaving("unique-data-dependent")),
        Flagged("its index is partial", Severity.Dangerous, "REFRESH MATERIALIZED VIEW mv").After($"{View}; CREATE UNIQUE INDEX ux_mv ON mv (id) WHERE id > 0")
            .Cured(new CuredForm([Deploy(Concurrently("mv", "ux_mv2", "id"), "REFRESH MATERIALIZED VIEW CONCURRENTLY mv")]).Leaving("unique-data-dependent")),
        Allowed("concurrently", "REFRESH MATERIALIZED VIEW CONCURRENTLY mv").After($"{View}; CREATE UNIQUE INDEX ux_mv ON mv (id)"),
        Allowed("the view is new", $"{View}; REFRESH MATERIALIZED VIEW mv"),
        Allowed("the view is new since the migration before", View, "REFRESH MATERIALIZED VIEW mv"),
    ];
}
