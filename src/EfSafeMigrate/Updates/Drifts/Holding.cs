using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates.Drifts;

/// <summary>Plans in whose middle the database is: what they have made for two releases stays until their contract.</summary>
internal static class Holding
{
    /// <param name="journal">Null where no run keeps one.</param>
    public static async Task<IReadOnlyList<HeldPlan>> ReadAsync(LoadedProject project, Session session, Engine engine, Journal? journal, CancellationToken cancellation)
    {
        var ids = project.Context.Migrations;
        var written = ids.All(session.Applied.Contains) ? [] : (await Lineage.ReadAsync(project, SqlDialect.Of(engine.Id), ids, isPart: true, cancellation)).Migrations;
        var plans = written.Where(migration => migration.Phase is not null).GroupBy(migration => migration.Phase!.Plan)
            .Select(plan => (plan.Key, Last: plan.LastOrDefault(migration => session.Applied.Contains(migration.Id)), Waits: plan.Any(migration => !session.Applied.Contains(migration.Id))))
            .Where(plan => plan is { Last: not null, Waits: true });
        return
        [
            .. plans.Select(plan => new HeldPlan(plan.Key, At(plan.Last!.Id), Written: true)),
            .. Files(project).SelectMany(HeldContracts.Read).Where(held => ids.Contains(held.Until) && session.Applied.Contains(held.Until))
                .Select(held => new HeldPlan(held.Name, At(held.Until), Written: false)),
        ];

        DateTimeOffset? At(string id) => journal?.Events<StepEnded>().LastOrDefault(step => step is not StepUndone && step.Migration == id)?.At;
    }

    /// <summary>Folders with held contracts.</summary>
    private static IEnumerable<string> Files(LoadedProject project) =>
        Directory.EnumerateFiles(project.Directory, HeldContracts.FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = true })
            .Where(file => !Path.GetRelativePath(project.Directory, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".config"))
            .Select(file => Path.GetDirectoryName(file)!);
}
