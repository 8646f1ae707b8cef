using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Commands;

/// <summary>Looks for what the reviewed changes mean for the code around a project.</summary>
internal static class CodeImpact
{
    /// <param name="together">The migrations are one deployment.</param>
    /// <param name="project">Null where nothing is loaded: the names of properties come from Designers and the snapshot alone.</param>
    public static async Task<CodeUses> FindAsync(
        ProjectRequest request, LoadedProject? project, ChangeSet changes, bool together, SourceMigrations migrations, SourceClasses classes, Engine engine, Talk talk, CancellationToken cancellation)
    {
        var now = project is null ? [] : (await project.AskAsync(new MappedPropertiesRequest(), ProtocolJson.Default.MappedPropertiesResult, cancellation)).Properties;
        return await talk.During("Reading the code", Task.Run(() => Find(request, now, changes, together, migrations, classes, engine, talk), cancellation));
    }

    private static CodeUses Find(
        ProjectRequest request, IReadOnlyList<MappedProperty> now, ChangeSet changes, bool together, SourceMigrations migrations, SourceClasses classes, Engine engine, Talk talk)
    {
        var before = SourceProperties.Of(migrations, classes, engine, [.. changes.Migrations.Select(migration => migration.Id)]);
        var (file, startup) = ProjectFinder.Find(request);
        var projects = CodeProjects.Around(file, startup);
        var code = UserCode.Of(projects);
        talk.Detail($"{code.Files.Count} files of {"project".ToQuantity(projects.Count)} read");
        DatabaseModel[] models = [.. changes.Migrations.Select(migration => migration.Source)];
        return new CodeUseFinder(TouchedNames.In(changes, together), models, [.. before.Concat(now).Distinct()], SqlDialect.Of(engine.Id)).In(code);
    }
}
