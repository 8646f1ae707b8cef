using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Preflight;

/// <summary>What else happens for each row that a backfill writes.</summary>
internal sealed class BackfillCheck : PreflightCheck
{
    public override string Title => "what reacts to the rows of a backfill";

    public override async Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        List<Objection> objections = [];
        foreach (var (table, model) in Tables(context.Plan))
        {
            if (context.Forms.Reacting is { } reacting)
            {
                objections.AddRange((await context.AskAsync(reacting(table), cancellation)).Select(row => Of(table, row[0]!, row[1]!)));
            }
            objections.AddRange((model.Find(table)?.Columns ?? []).Where(IsRowVersion).Select(column => Objection.Warn(
                $"The backfill of {table} changes {column.Name} in every row it writes: a release that read a row before and saves it after gets a concurrency conflict.",
                "apply it when few users edit, or let the release try again after DbUpdateConcurrencyException")));
        }
        return objections;
    }

    private static IEnumerable<(TableName Table, DatabaseModel Model)> Tables(UpdatePlan plan) => plan.Migrations
        .SelectMany(migration => migration.Judged.Migration.Backfills.Values.Select(spec => (spec.Table, migration.Judged.Migration.Source)))
        .DistinctBy(each => each.Table);

    private static Objection Of(TableName table, string kind, string name) => kind == "trigger"
        ? Objection.Warn($"The backfill of {table} fires the trigger {name} for every row it writes.", $"see what {name} does; it may be disabled for the run by its owner")
        : Objection.Warn($"The backfill of {table} sends every row it writes to the subscribers of {name}.", "tell those who read it, and watch how far they are behind");

    /// <summary>The engine writes it anew with each change of the row, and a model maps it as a concurrency token.</summary>
    private static bool IsRowVersion(Column column) => column.Name == "xmin" || column.Type.ToLowerInvariant() is "xid" or "rowversion";
}
