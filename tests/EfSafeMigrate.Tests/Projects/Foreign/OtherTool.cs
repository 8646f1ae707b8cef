using EfSafeMigrate.Commands;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Projects.Foreign;

/// <summary>A folder with the files of another tool, as that tool writes them.</summary>
internal static class OtherTool
{
    public static string FolderOf(string tool) => Path.Combine(AppContext.BaseDirectory, "Data", "Foreign", tool);

    public static void CopyTo(string folder, params string[] tools)
    {
        foreach (var from in tools.Select(FolderOf))
        {
            foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            {
                var to = Path.Combine(folder, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to, overwrite: true);
            }
        }
    }

    public static IReadOnlyList<FoundTool> In(string folder) => ForeignTools.In(ForeignFiles.InFolder(folder));

    /// <summary>What <c>review</c> says of the folder, given its options.</summary>
    public static async Task<Review> ReviewAsync(string folder, string? engine = null, SafeMigrateSettings? settings = null, params string[] options)
    {
        var command = new CommandLineApplication();
        var migrations = new MigrationOptions(command);
        var foreign = new ForeignOptions(command);
        command.Parse(options);
        var files = ForeignFiles.InFolder(folder);
        var found = ForeignTools.In(files);
        return await ForeignReview.RunAsync(
            foreign.Choose(new() { Directory = folder }, files, found)!, found, files, migrations,
            engine is null ? null : EngineBook.All.Single(each => each.Id == engine), new GivenFacts(null, []),
            new(settings ?? new SafeMigrateSettings(), Policy.None, Advice: false, Severity.Dangerous), _ => null, default);
    }

    public static string Text(Review review)
    {
        using var text = new StringWriter();
        new TextReport(Spectre.Console.AnsiConsole.Create(new() { Out = new Spectre.Console.AnsiConsoleOutput(text), Ansi = Spectre.Console.AnsiSupport.No })).Write(review);
        return text.ToString().ReplaceLineEndings("\n");
    }
}
