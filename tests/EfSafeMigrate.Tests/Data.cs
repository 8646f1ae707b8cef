using System.Text.Json;

namespace EfSafeMigrate.Tests;

/// <summary>The corpora that stand beside the tests.</summary>
internal static class Data
{
    private static readonly JsonSerializerOptions Lenient = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<MeasuredDdl> LockMatrix { get; } =
        JsonSerializer.Deserialize<MeasuredDdl[]>(Text("lock-matrix-ddl.json"), Lenient)!;

    public static IReadOnlyList<JudgedCase> Cases { get; } =
        [.. Text("cases.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JudgedCase>(line, Lenient)!)];

    /// <summary>The names of the files.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data")).Select(file => Path.GetFileName(file))];

    /// <summary>The files of a folder of data, as <see cref="Text"/> takes them.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", folder)).Select(file => Path.Combine(folder, Path.GetFileName(file)));

    public static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", file));
}

public sealed record MeasuredDdl(string Op, string Engine, string? Setup, string Ddl);

public sealed record JudgedCase(string Id, string Engine, string? Setup, string Sql, string Expected, IReadOnlyList<string> Rules);
