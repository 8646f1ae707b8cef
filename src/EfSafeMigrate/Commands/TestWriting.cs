using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Scaffolding;
using EfSafeMigrate.Scaffolding.Tests;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Commands;

/// <summary>The tests beside migrations: one that is asked for, and those that name what is rewritten.</summary>
internal sealed class TestWriting(LoadedProject project, Engine engine, TestOptions options)
{
    private readonly string file = Path.Combine(project.Directory, $"{project.Name}.csproj");

    /// <param name="files">Those of the migrations.</param>
    /// <param name="about">What the migrations change; null where nothing is known of it.</param>
    /// <param name="after">The id that new ones come behind in a test that has it; null where they stand for others.</param>
    /// <exception cref="SafeMigrateException">No test can be written, or one is there.</exception>
    public IReadOnlyList<FileChange> Of(string name, IReadOnlyList<FileChange> files, (MigrationChanges Changes, Decisions Decisions)? about, string? after, bool held)
    {
        string[] ids = [.. Ids(files, gone: false).Order(StringComparer.Ordinal)];
        // The one that a held contract stands behind has the model of the contract's end, and so has each of the contract where nothing asks for another.
        string[] ahead = held ? [.. ids.TakeLast(1)] : after is null || engine.RebuildsTables ? [] : [.. ids.SkipLast(1)];
        var kept = TestsInStep.Of(file, [.. Ids(files, gone: true)], after, ids, ahead);
        return !options.Wanted || ids.Length == 0 || kept.Any(test => test.Text is not null) ? kept
            : [.. kept, Written(name, ids, about is { } known ? TestRows.Of(known.Changes, known.Decisions, engine) : TestRows.None, ahead)];
    }

    private FileChange Written(string name, string[] ids, TestRows rows, string[] ahead)
    {
        var target = TestProject.Find(file, options.Project ?? SettingsFile.Find(Directory.GetCurrentDirectory()).TestProject);
        var path = MigrationTest.PathOf(target.Directory, name);
        if (File.Exists(path))
        {
            throw new SafeMigrateException($"`{Path.GetFileName(path)}` is there already.", $"remove or rename it, or leave out --with-test: {path}");
        }
        string[] directories = [project.Directory, .. CodeProjects.Around(file).Where(each => !each.IsTest).Select(each => each.Directory).Where(each => each != project.Directory)];
        var context = ContextCreation.Of(project.Context.Context, project.Context.Provider, engine.Tests, directories, project.Name);
        return new(path, new MigrationTest(name, MigrationTest.NamespaceIn(TestProject.RootNamespace(target)), ids, context, rows) { Ahead = ahead }.Text(engine.Tests)) { IsTest = true };
    }

    private static IEnumerable<string> Ids(IReadOnlyList<FileChange> files, bool gone) =>
        files.Where(each => each.Text is null == gone && each.Path.EndsWith(MigrationFiles.Designer, StringComparison.Ordinal)).Select(each => Path.GetFileName(each.Path)[..^MigrationFiles.Designer.Length]);
}
