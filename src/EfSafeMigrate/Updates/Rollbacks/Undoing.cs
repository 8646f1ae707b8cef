using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>The migrations that a rollback undoes.</summary>
/// <param name="To">What it leads back to: an id, or EF's word for nothing.</param>
/// <param name="Downs">What undoes them, newest first.</param>
/// <param name="Written">What the project's migrations do, oldest first.</param>
internal sealed record Undoing(string To, IReadOnlyList<MigrationChanges> Downs, IReadOnlyList<MigrationChanges> Written)
{
    /// <summary>EF's word for the state before the first migration.</summary>
    public const string Nothing = "0";

    /// <summary>How a person says where it leads.</summary>
    public string Spoken => To == Nothing ? "nothing" : MigrationChanges.NameOf(To);

    /// <summary>Every migration is a phase that keeps up the old shape.</summary>
    public bool IsOfPhases => Downs.All(down => UpOf(down).Phase is not null);

    /// <summary>Why Down is no way back, as a sentence; null where it is one.</summary>
    public string? Objection => Downs.Select(down => (down, Why: WhyNot(down))).FirstOrDefault(each => each.Why is not null) is { Why: { } why } ? why : null;

    /// <param name="applied">Ids in EF's history.</param>
    /// <param name="to">An id, or EF's word for nothing.</param>
    /// <exception cref="SafeMigrateException">EF would do something else, or nobody knows what undoes one of them.</exception>
    public static async Task<Undoing> ChooseAsync(LoadedProject project, Engine engine, IReadOnlyList<string> applied, string to, Talk talk, CancellationToken cancellation)
    {
        var ids = project.Context.Migrations;
        if (to != Nothing && !applied.Contains(to))
        {
            throw Refused($"`{to}` is not applied: there is no going back to it", "dotnet safe-migrate status   shows what is applied");
        }
        string[] undone = [.. (to == Nothing ? ids : ids.SkipWhile(id => id != to).Skip(1)).Where(applied.Contains).Reverse()];
        RefuseUnknown(project, applied, to);
        if (undone.Length > 0 && ids.TakeWhile(id => id != undone[0]).FirstOrDefault(id => !applied.Contains(id)) is { } skipped)
        {
            throw Refused($"{skipped} is pending although newer ones are applied: EF would apply it on the way back", $"dotnet safe-migrate apply --to {skipped}   first, and then roll back");
        }
        var dialect = SqlDialect.Of(engine.Id);
        var written = await Lineage.ReadAsync(project, dialect, ids, isPart: true, cancellation);
        var described = await talk.During("Reading migrations", project.AskAsync(
            new DescribeRequest(undone, PendingModel: false) { Undo = true, WithHistory = true }, ProtocolJson.Default.DescribeResult, cancellation));
        var downs = ChangeReader.WithoutSources(dialect).Read(described);
        return new(to, [.. downs.Migrations.Select(down => down with { Phase = written.Migrations.Single(up => up.Id == down.Id).Phase })], written.Migrations);
    }

    /// <summary>Others keep their record in the same table: a migration whose source is in another context of the project is theirs.</summary>
    private static void RefuseUnknown(LoadedProject project, IReadOnlyList<string> applied, string to)
    {
        var ids = project.Context.Migrations;
        var sources = new SourceLocations(project.Directory);
        var hasSources = project.Contexts.Count > 1 && ids.Any(id => sources.PathOf(id) is not null);
        var gone = applied.Except(ids).Where(id => to == Nothing || string.CompareOrdinal(id, to) > 0)
            .FirstOrDefault(id => project.Contexts.Count == 1 || (hasSources && sources.PathOf(id) is null));
        if (gone is not null)
        {
            throw Refused(
                $"EF has recorded {gone}, which this project does not have: nobody knows what undoes it",
                $"git log --all --oneline -- '*{gone}*'   finds the commit that has it; roll back from there");
        }
    }

    private string? WhyNot(MigrationChanges down)
    {
        var up = UpOf(down);
        return Horizon.PhaseOf(up) == PhaseKind.Contract && up.Phase is not null ? $"{down.Name} took the old shape away, and what was written since is in the new one alone: its Down does not bring back what the contract dropped"
            // What a phase has filled goes with the column that it filled.
            : down.NoWayBack is { } why && !(up.Phase is not null && down.Changes.Count == 0 && why.EndsWith("empty", StringComparison.Ordinal)) ? $"There is no way back from {down.Name}: {why}"
            : null;
    }

    private MigrationChanges UpOf(MigrationChanges down) => Written.Single(up => up.Id == down.Id);

    private static SafeMigrateException Refused(string sentence, string next) => new($"{sentence}. Nothing was changed.", next, ExitCode.StoppedSafely);
}
