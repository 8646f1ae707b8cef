using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Commands;

/// <summary>Holds the code around migrations against what the settings ask of it.</summary>
internal static class Gating
{
    /// <param name="uses">Null where nobody looked at the code.</param>
    public static IReadOnlyList<HistoryChange> Find(GateTerms gates, ChangeSet changes, CodeUses? uses, ProjectRequest request)
    {
        var project = ProjectFinder.Find(request).Project;
        return
        [
            .. gates.UnversionedApi == Gate.Off || uses is null ? [] : uses.Unversioned.Select(use => Unversioned(use, Path.GetDirectoryName(project)!, gates.UnversionedApi == Gate.Fail)),
            .. gates.UntestedMigration == Gate.Off ? [] : Untested(changes, project, gates.UntestedMigration == Gate.Fail),
        ];
    }

    private static UnversionedApi Unversioned(ApiUse use, string folder, bool fails) => new(use.Endpoint.Name, use.Touched.Table, use.Touched.Column, use.Touched.Sentence, fails)
    {
        Origin = new(use.Touched.Migration, -1, "Api") { File = Path.GetRelativePath(folder, use.Endpoint.Code.Tree.FilePath).Replace('\\', '/'), Line = use.Endpoint.Line },
    };

    private static IEnumerable<UntestedMigration> Untested(ChangeSet changes, string project, bool fails)
    {
        var written = changes.Migrations.Where(migration => !migration.IsPendingModel && !migration.IsIgnored).ToArray();
        if (written.Length == 0)
        {
            yield break;
        }
        var tests = new TestNames(CodeProjects.Near(project).Where(each => each.IsTest));
        foreach (var migration in written.Where(migration => !tests.Knows(migration.Id, migration.Name)))
        {
            var at = migration.Changes.Select(change => change.Origin).FirstOrDefault(origin => origin.File is not null);
            yield return new(fails) { Origin = new(migration.Id, -1, "Test") { File = at?.File, Line = at?.Line } };
        }
    }
}
