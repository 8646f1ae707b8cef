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
    public static async Task<CodeUses> FindAsync(ProjectRequest request, LoadedProject project, ImpactQuestion question, Talk talk, CancellationToken cancellation)
    {
        var now = (await project.AskAsync(new MappedPropertiesRequest(), ProtocolJson.Default.MappedPropertiesResult, cancellation)).Properties;
        return await talk.During("Reading the code", Task.Run(() => Find(request, question with { Now = now }, talk), cancellation));
    }

    /// <summary>Where nothing is loaded: the names of properties come from Designers and the snapshot alone.</summary>
    public static CodeUses Find(ProjectRequest request, ImpactQuestion question, Talk talk)
    {
        var (changes, together, migrations, classes, engine) = (question.Changes, question.Together, question.Migrations, question.Classes, question.Engine);
        var before = SourceProperties.Of(migrations, classes, engine, [.. changes.Migrations.Select(migration => migration.Id)]);
        var (file, startup) = ProjectFinder.Find(request);
        var projects = CodeProjects.Around(file, startup);
        var code = UserCode.Of(projects);
        talk.Detail($"{code.Files.Count} files of {"project".ToQuantity(projects.Count)} read");
        DatabaseModel[] models = [.. changes.Migrations.Select(migration => migration.Source)];
        var uses = new CodeUseFinder(TouchedNames.In(changes, together), models, [.. before.Concat(question.Now).Distinct()], SqlDialect.Of(engine.Id)).In(code);
        return question.Apis && uses.All.Count > 0 ? uses with { Unversioned = new ApiUses(code).UnversionedOf(uses) } : uses;
    }
}

/// <summary>What the code is asked.</summary>
/// <param name="Together">The migrations are one deployment.</param>
internal sealed record ImpactQuestion(ChangeSet Changes, bool Together, SourceMigrations Migrations, SourceClasses Classes, Engine Engine)
{
    /// <summary>The properties of the model that was built.</summary>
    public IReadOnlyList<MappedProperty> Now { get; init; } = [];

    /// <summary>Also which public APIs say no version.</summary>
    public bool Apis { get; init; }
}
