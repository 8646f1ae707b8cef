using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Scaffolding;

/// <summary>The files of new migrations.</summary>
internal static class MigrationFiles
{
    /// <summary>The file beside a migration, with its model, ends so instead of in <c>.cs</c>.</summary>
    public const string Designer = ".Designer.cs";

    private const string Stamp = "yyyyMMddHHmmss";

    /// <summary>EF's own migration, byte for byte.</summary>
    public static IReadOnlyList<FileChange> Of(ScaffoldResult scaffold) =>
    [
        new(scaffold.MigrationPath, scaffold.Migration),
        new(scaffold.DesignerPath, scaffold.Designer),
        new(scaffold.SnapshotPath, scaffold.Snapshot),
    ];

    /// <summary>An id of that name at the time of another, or a second behind the last migration when that is later: a plan's ids reach into the next seconds.</summary>
    /// <param name="last">Id of the last migration; empty when there is none.</param>
    public static string Behind(string last, string id, string name) =>
        string.CompareOrdinal(last, id) < 0 ? $"{id[..Stamp.Length]}_{name}" : Ids(last, name, ["", ""])[1];

    /// <summary>Ids of a plan's migrations: the time of the one they replace, then a second apart.</summary>
    public static IReadOnlyList<string> Ids(string id, string name, IEnumerable<string> suffixes)
    {
        var start = DateTime.ParseExact(id[..Stamp.Length], Stamp, CultureInfo.InvariantCulture);
        return [.. suffixes.Select((suffix, index) => $"{start.AddSeconds(index).ToString(Stamp, CultureInfo.InvariantCulture)}_{name}{suffix}")];
    }

    /// <param name="folder">Where the migrations go.</param>
    /// <param name="plan">The plan's name; null when the migration is no phase of one.</param>
    public static IReadOnlyList<FileChange> Of(string folder, string? plan, IReadOnlyList<string> ids, IReadOnlyList<PlannedMigration> migrations, IReadOnlyList<StageResult> stages) =>
    [
        .. ids.Zip(migrations, stages).SelectMany(planned => new FileChange[]
        {
            new(Path.Combine(folder, planned.First + ".cs"), MigrationText.Of(planned.Third.Skeleton, planned.Second.Up, planned.Second.Down, plan is null ? null : planned.Second.Mark(plan))),
            new(Path.Combine(folder, planned.First + Designer), planned.Third.Designer),
        }),
    ];
}
