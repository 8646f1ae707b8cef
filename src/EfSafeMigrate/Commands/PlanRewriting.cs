using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Commands;

/// <summary>
/// The migrations of a plan, as they are, and what they are written anew from: the model of the newest migration that is not among them.
/// After a merge that is another branch's, of which their models do not know.
/// </summary>
/// <param name="Name">As the plan spells it.</param>
/// <param name="Sources">Their files, without the Designers.</param>
/// <param name="Since">Id of that newest migration; empty when there is none.</param>
internal sealed record PlanRewriting(string Name, IReadOnlyList<MigrationChanges> Migrations, IReadOnlyList<string> Sources, string Since)
{
    /// <summary>Branches that were merged longer ago have a migration since that knows both.</summary>
    private const int Looked = 50;

    public string Folder => Path.GetDirectoryName(Sources[0])!;

    /// <returns>Null when no migration says that it belongs to such a plan.</returns>
    /// <exception cref="SafeMigrateException">A source is not there, or a later migration was made on top of the plan.</exception>
    public static async Task<PlanRewriting?> FindAsync(LoadedProject project, Engine engine, string wanted, CancellationToken cancellation)
    {
        var ids = project.Context.Migrations;
        // The names of phases begin with the plan's, unless somebody gave them others.
        var likely = ids.Where(id => MigrationChanges.NameOf(id).StartsWith(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        var locations = new SourceLocations(project.Directory);
        var described = await project.AskAsync(new DescribeRequest(likely.Length > 0 ? likely : ids, PendingModel: false), ProtocolJson.Default.DescribeResult, cancellation);
        var phases = new ChangeReader(locations, SqlDialect.Of(engine.Id)).Read(described).Migrations
            .Where(migration => string.Equals(migration.Phase?.Plan, wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (phases.Length == 0)
        {
            return null;
        }
        string[] sources = [.. phases.Select(phase => locations.PathOf(phase.Id)
            ?? throw new SafeMigrateException($"The source of `{phase.Id}` was not found in the project.", "rewrite the plan where its source is, with --project"))];
        string[] kept = [.. ids.Except(phases.Select(phase => phase.Id))];
        await RefuseWhatStandsOnItAsync(project, phases, [.. kept.Where(id => string.CompareOrdinal(id, phases[0].Id) > 0)], cancellation);
        await RefuseWhatWouldBeRepeatedAsync(project, engine, phases[0].Phase!.Plan, kept, cancellation);
        return new(phases[0].Phase!.Plan, phases, sources, kept.LastOrDefault() ?? "");
    }

    /// <summary>The files that go.</summary>
    public IEnumerable<FileChange> Removed => Sources.SelectMany(source => new[] { source, Path.ChangeExtension(source, MigrationFiles.Designer) }).Where(File.Exists).Select(file => new FileChange(file, null));

    /// <summary>The held contracts without the plan's own; nothing when it holds none.</summary>
    public IReadOnlyList<FileChange> Released(IReadOnlyList<HeldContract> held)
    {
        var left = held.Where(contract => contract.Name != Name).ToArray();
        return left.Length == held.Count ? [] : [new FileChange(Path.Combine(Folder, HeldContracts.FileName), left.Length == 0 ? null : HeldContracts.Text(left))];
    }

    /// <summary>What another branch made beside the plan knows nothing of it; what was made behind it has its changes in the model.</summary>
    private static async Task RefuseWhatStandsOnItAsync(LoadedProject project, IReadOnlyList<MigrationChanges> phases, IReadOnlyList<string> later, CancellationToken cancellation)
    {
        if (later.Count == 0)
        {
            return;
        }
        var models = (await project.AskAsync(new ModelsRequest(later), ProtocolJson.Default.ModelsResult, cancellation)).Models;
        foreach (var (id, model) in later.Zip(models))
        {
            if (phases.SelectMany(phase => phase.Changes).Any(change => PlanBasis.Shows(change, model)))
            {
                throw new SafeMigrateException(
                    $"`{id}` was made on top of {phases[0].Phase!.Plan}, so the plan cannot be written anew behind it.",
                    "take that migration back first (`dotnet ef migrations remove`), and add it again afterwards", ExitCode.StoppedSafely);
            }
        }
    }

    /// <summary>A migration made beside the newest one is in the difference again.</summary>
    private static async Task RefuseWhatWouldBeRepeatedAsync(LoadedProject project, Engine engine, string plan, IReadOnlyList<string> kept, CancellationToken cancellation)
    {
        if (kept.Count < 2)
        {
            return;
        }
        var newest = kept[^1];
        string[] looked = [.. kept.TakeLast(Looked)];
        var described = await project.AskAsync(new DescribeRequest(looked, PendingModel: false), ProtocolJson.Default.DescribeResult, cancellation);
        var changes = ChangeReader.WithoutSources(SqlDialect.Of(engine.Id)).Read(described).Migrations;
        var model = (await project.AskAsync(new ModelsRequest([newest]), ProtocolJson.Default.ModelsResult, cancellation)).Models[0];
        if (PlanBasis.Unknown(changes, model) is { } beside)
        {
            throw new SafeMigrateException(
                $"{newest} was made without {beside.Id}, so the plan would repeat what that one does.",
                beside.Phase is { Plan: { } other } ? $"delete the migrations of {other}, and run it again: {plan} then takes in the changes of both" : $"on the branch of {newest} add an empty migration, which knows both, and merge that first",
                ExitCode.StoppedSafely);
        }
    }
}
