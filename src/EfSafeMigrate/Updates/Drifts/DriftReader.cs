using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Verifications;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>Reads what a database has and what it should have, and compares; a handful of questions to the server.</summary>
/// <param name="journal">Null where no run keeps one.</param>
internal sealed class DriftReader(LoadedProject project, Session session, Engine engine, Journal? journal)
{
    private readonly List<string> notes = [];

    /// <summary>How long to wait for the texts of views, which wait for whoever has locked what they read.</summary>
    public int Seconds { get; init; } = 60;

    private IReadOnlyList<string> Ids => project.Context.Migrations;

    /// <summary>EF's history has been read.</summary>
    public async Task<Drift> ReadAsync(CancellationToken cancellation)
    {
        var forms = engine.Live;
        string[] applied = [.. Ids.Where(session.Applied.Contains)];
        if (applied.Length == 0)
        {
            return new(null, []) { Notes = ["EF has recorded none of the project's migrations here: there is nothing to compare with."] };
        }
        var unknown = Unknown(applied[^1]);
        var model = (await project.AskAsync(new ModelsRequest([applied[^1]]), ProtocolJson.Default.ModelsResult, cancellation)).Models[0];
        var lineage = await Lineage.ReadAsync(project, SqlDialect.Of(engine.Id), applied, isPart: unknown, cancellation);
        var live = await LiveSchema.ReadAsync(session.QueryAsync, forms, cancellation);
        var now = await Schema.ReadAsync(session.QueryAsync, engine, lineage.History, cancellation, Seconds);
        var comparison = new Comparison(forms, model, lineage, live, now)
        {
            Unsettled = await UnsettledAsync(applied, cancellation),
            OthersMigrate = project.Contexts.Count > 1 || (journal?.Events<StepEnded>().Any(step => !Ids.Contains(step.Migration)) ?? false),
        };
        var then = Then();
        var found = comparison.Find(
            HeldNames.Of(lineage.Migrations).Without(await ModelCheck.CompareAsync(session.QueryAsync, engine, model, live, cancellation)),
            await Verification.UnprovedAsync(session.QueryAsync, engine, cancellation), then);
        return new(applied[^1], found)
        {
            Tables = model.Tables.Count,
            Lines = then?.Lines.Count,
            Apart = [.. comparison.Apart().Select(name => new ApartTable(name))],
            Notes = notes,
        };
    }

    /// <returns>Whether EF has recorded others than the project has.</returns>
    /// <exception cref="SafeMigrateException">The project's newest model is not what the database was brought to.</exception>
    private bool Unknown(string newest)
    {
        string[] unknown = [.. session.Applied.Except(Ids)];
        if (project.Contexts.Count == 1 && unknown.LastOrDefault(id => string.CompareOrdinal(id, newest) > 0) is { } later)
        {
            throw new SafeMigrateException(
                $"EF has recorded {later}, which this project does not have: its models do not say what the schema is after it.",
                "compare with the release that was migrated last, or bring its migrations into the project");
        }
        if (unknown.Length > 0)
        {
            notes.Add($"EF has recorded {"migration".ToQuantity(unknown.Length)} that this context does not have: what is there beyond the model may be theirs, and is not told.");
        }
        return unknown.Length > 0;
    }

    private Schema? Then()
    {
        const string Not = "Views, triggers and functions are not compared with what they were";
        var kept = KeptSchema.In(journal?.Entries ?? []);
        var fits = kept.LastOrDefault(each => each.Event.History == KeptSchema.HistoryOf(session.Applied));
        if (fits?.Schema is { } then)
        {
            return then;
        }
        notes.Add(fits is not null ? $"{Not}: they were too many to keep."
            : kept.Count == 0 ? $"{Not}: no run has kept them yet."
            : string.Create(CultureInfo.InvariantCulture, $"{Not}: EF's history is not what it was when a run kept them, {kept[^1].Event.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
        return null;
    }

    /// <summary>Tables that an older pending migration changes, or one that was interrupted: the newest model and the migrations do not say what they are now.</summary>
    private async Task<IReadOnlyList<TableName>> UnsettledAsync(IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        string[] skipped = [.. Ids.TakeWhile(id => id != applied[^1]).Except(applied)];
        var open = RunHistory.Of(journal?.Entries ?? []) is [.., { Open.Migration: var at }] && Ids.Contains(at) && !applied.Contains(at) ? at : null;
        if (skipped.Length == 0 && open is null)
        {
            return [];
        }
        var unsettled = await Lineage.ReadAsync(project, SqlDialect.Of(engine.Id), [.. skipped.Append(open).OfType<string>().Distinct()], isPart: true, cancellation);
        TableName[] tables = [.. unsettled.Migrations.SelectMany(migration => migration.Changes).SelectMany(Touched).Distinct()];
        var which = skipped.Length > 0 ? $"{MigrationChanges.NameOf(skipped[0])} is pending although newer ones are applied" : $"{MigrationChanges.NameOf(open!)} was interrupted";
        notes.Add($"{which}: what it changes ({string.Join(", ", tables.Select(table => table.ToString()))}) is left out.");
        return tables;
    }

    private static IEnumerable<TableName> Touched(Change change) => change switch
    {
        RenameTable rename => [rename.Table, rename.NewName],
        { Target: { } target } => [target],
        _ => [],
    };
}
