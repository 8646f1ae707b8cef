using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Projects.Source;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Migrations of another tool in place of a project with EF Core.</summary>
internal sealed class ForeignOptions(CommandLineApplication command)
{
    private static readonly string[] WithOthers =
        ["tool", "engine", "server-version", "edition", "assume", "no-traffic", "fail-on", "hygiene", "format", "output", "json", "no-color", "verbose", "help",
            "last", "from", "to", "migration", "base", "staged", "source", "all"];

    private readonly CommandOption tool = command.Option("--tool <TOOL>", $"Migrations of another tool: {Ids}. Found by its files where there is no project.", CommandOptionType.SingleValue);

    private static string Ids => string.Join(", ", ForeignTools.All.Where(known => known.KeepsSql).Select(known => known.Id));

    public bool Given => tool.HasValue();

    /// <summary>The tool whose SQL is meant; null where it is EF's project, or nothing is here at all.</summary>
    public FoundTool? Choose(ProjectRequest request, SourceTree folder, IReadOnlyList<FoundTool> found)
    {
        if (tool.Value()?.ToLowerInvariant() is { } id)
        {
            return Sql(found.FirstOrDefault(each => each.Tool.Id == id) ?? throw ForeignErrors.NoSuchTool(id, found));
        }
        return IsProject(request) || found.Count == 0 ? null
            : ForeignFiles.Projects(folder) is { Count: > 0 } projects ? throw ForeignErrors.BesideProjects(projects, found[0])
            : Only(found);
    }

    /// <summary>A project is named, or stands in the folder.</summary>
    public static bool IsProject(ProjectRequest request) =>
        request.Project is not null || request.StartupProject is not null || Directory.EnumerateFiles(request.Directory, "*.*proj").Any();

    /// <summary>The one that keeps SQL.</summary>
    /// <exception cref="SafeMigrateException">There are several, or none.</exception>
    public static FoundTool Only(IReadOnlyList<FoundTool> found) => found.Where(each => each.Tool.KeepsSql).ToArray() switch
    {
        [var only] => only,
        [] => throw ForeignErrors.KeepsCode(found[0]),
        var several => throw ForeignErrors.SeveralTools(several),
    };

    /// <summary>Refuses what only a project with EF Core understands.</summary>
    public void Check(FoundTool found)
    {
        if (command.GetOptions().FirstOrDefault(option => option.HasValue() && !WithOthers.Contains(option.LongName)) is { } other)
        {
            throw ForeignErrors.NotForOthers(other.LongName!, found);
        }
    }

    private static FoundTool Sql(FoundTool found) => found.Tool.KeepsSql ? found : throw ForeignErrors.KeepsCode(found);
}
