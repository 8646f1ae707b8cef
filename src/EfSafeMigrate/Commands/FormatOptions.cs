using EfSafeMigrate.Reports;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What a review is written as: one format on standard output, and as many files as there are readers.</summary>
internal sealed class FormatOptions(CommandLineApplication command)
{
    private readonly CommandOption format = command.Option("--format <FORMAT>", $"What standard output gets: {ReviewFormat.Names}. Default: text.", CommandOptionType.SingleValue).Among(() => ReviewFormat.All.Select(each => each.Name));
    private readonly CommandOption files = command.Option("--output <FORMAT_FILE>", "FORMAT=FILE: also write the review into this file, in one of the same formats; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption schema = command.Option("--json-schema", "Print the JSON Schema of --json; nothing is reviewed.", CommandOptionType.NoValue);

    public bool WantsSchema => schema.HasValue();

    /// <summary>Refuses a bad call before anything is built.</summary>
    /// <param name="json">The short form of <c>--format json</c>.</param>
    public ReviewOutput Read(bool json)
    {
        var chosen = format.Value() is { } name ? ReviewFormat.Named(name, "--format") : null;
        if (json && chosen is { Name: not ReviewFormat.Json })
        {
            throw new SafeMigrateException($"--json and --format {chosen.Name} exclude each other.", "choose one format for standard output; --output FORMAT=FILE writes others into files");
        }
        var written = files.Values.OfType<string>().Select(File).ToArray();
        return written.GroupBy(each => each.Path).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new SafeMigrateException($"--output names the file `{twice.Key}` twice.", "give each report a file of its own")
            : new(chosen ?? ReviewFormat.Named(json ? ReviewFormat.Json : ReviewFormat.Text, "--format"), written);
    }

    private static ReportFile File(string given)
    {
        var (name, path) = given.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && at < given.Length - 1
            ? (given[..at], given[(at + 1)..])
            : throw new SafeMigrateException($"`--output {given}` does not say format and file.", "for example --output sarif=review.sarif");
        var chosen = ReviewFormat.Named(name, "--output");
        var full = Path.GetFullPath(path);
        return path == TextFile.StandardInput ? throw new SafeMigrateException($"`--output {given}` names no file.", $"--format {chosen.Name} is for standard output")
            : Directory.Exists(full) ? throw new SafeMigrateException($"`{path}` is a folder.", "name a file in it")
            : !Directory.Exists(Path.GetDirectoryName(full)) ? throw new SafeMigrateException($"There is no folder `{Path.GetDirectoryName(path)}` for `{path}`.", "make the folder first")
            : new(chosen, full);
    }
}

/// <param name="Format">Of standard output.</param>
internal sealed record ReviewOutput(ReviewFormat Format, IReadOnlyList<ReportFile> Files);

/// <param name="Path">In full: the application may move elsewhere.</param>
internal sealed record ReportFile(ReviewFormat Format, string Path);
