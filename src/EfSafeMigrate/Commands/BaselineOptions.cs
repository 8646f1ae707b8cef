using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What becomes of history that was accepted.</summary>
internal sealed class BaselineOptions(CommandLineApplication command)
{
    private readonly CommandOption baseline = command.Option(
        "--baseline <ACTION>", $"write: accept what the review finds, in {BaselineFile.Name}; without a choice of migrations, in all of them. ignore: show what is accepted too.", CommandOptionType.SingleValue).Among("write", "ignore");

    /// <summary>What is accepted is wanted too, whatever the call says.</summary>
    public bool Ignores { get; init; }

    /// <summary>From which the file is looked for upwards.</summary>
    public string Directory { get; init; } = System.IO.Directory.GetCurrentDirectory();

    public bool Writes => Action() == "write";

    /// <summary>Refuses a bad call before anything is built.</summary>
    public string? Action() => Ignores ? "ignore" : baseline.Value()?.ToLowerInvariant() is null or "write" or "ignore" ? baseline.Value()?.ToLowerInvariant()
        : throw new SafeMigrateException($"`--baseline {baseline.Value()}` is not known.", "use write or ignore");

    /// <summary>What is accepted in one context of a project.</summary>
    /// <param name="context">Its simple name.</param>
    public Baseline Read(string directory, string project, string context) =>
        Action() == "ignore" ? Baseline.None : new(In(Histories(Path(directory)), project, context)?.Migrations ?? [], Fingerprints(directory));

    /// <summary>Writes when told to, and leaves out what is accepted.</summary>
    public Baselined Apply(IReadOnlyList<ReviewedMigration> reviewed, LoadedProject project) =>
        Apply(reviewed, project.Directory, project.Name, ProjectErrors.Short(project.Context.Context), project.Context.Migrations);

    /// <param name="existing">Ids of all migrations of the context.</param>
    public Baselined Apply(IReadOnlyList<ReviewedMigration> reviewed, string directory, string project, string context, IReadOnlyList<string> existing)
    {
        if (!Writes)
        {
            return Baselined.Of(reviewed, Read(directory, project, context));
        }
        var (path, now) = (BaselineFile.Place(Directory), Fingerprints(directory));
        var histories = Histories(path);
        var known = new Baseline(In(histories, project, context)?.Migrations ?? [], now);
        AcceptedMigration[] accepted = [.. reviewed.Where(each => existing.Contains(each.Migration.Id)).Select(each => AcceptedMigration.Of(each.Migration.Id, now(each.Migration.Id), each.Findings))];
        var history = new AcceptedHistory(project, context, known.With(accepted, existing));
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, BaselineFile.Write([.. histories.Where(each => (each.Project, each.Context) != (project, context)), history]));
        return Baselined.Of(reviewed, new(history.Migrations, now)) with
        {
            Note = $"{System.IO.Path.GetRelativePath(Directory, path).Replace('\\', '/')} is written: it accepts {"finding".ToQuantity(accepted.Sum(each => each.Findings.Count))} in {"migration".ToQuantity(accepted.Length)}.",
        };
    }

    private string? Path(string project) => BaselineFile.Find(Directory) ?? BaselineFile.Find(project);

    private static IReadOnlyList<AcceptedHistory> Histories(string? path) => File.Exists(path) ? BaselineFile.Read(File.ReadAllText(path)) : [];

    private static AcceptedHistory? In(IReadOnlyList<AcceptedHistory> histories, string project, string context) =>
        histories.FirstOrDefault(each => each.Project == project && each.Context == context);

    private static Func<string, string?> Fingerprints(string directory)
    {
        var locations = new SourceLocations(directory);
        return id => locations.PathOf(id) is { } file ? MigrationFingerprint.Of(File.ReadAllText(file), directory) : null;
    }
}
