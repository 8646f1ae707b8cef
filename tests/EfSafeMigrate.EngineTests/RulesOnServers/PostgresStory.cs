using EfSafeMigrate.Tests.Rules;
using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A case on the server from its first step to the state it leaves.</summary>
internal sealed record PostgresStory(RuleCase Case, IReadOnlyList<Watched> Steps, IReadOnlyList<string> Differences)
{
    /// <summary>What the release that runs meanwhile sends, and how it ends; what a constraint refuses has arrived.</summary>
    public IReadOnlyList<(string Sql, string State)> OldRelease { get; init; } = [];

    /// <summary>The row that was first in each table, by the names its columns have now.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> After { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string?>>();

    public IReadOnlyList<Relation> Relations { get; init; } = [];

    /// <summary>What tables, columns, indexes and constraints are called afterwards.</summary>
    public IReadOnlySet<string> Names { get; init; } = new HashSet<string>();

    /// <summary>What the catalogue said before and does not say afterwards.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>What the catalogue says only afterwards.</summary>
    public IReadOnlyList<string> Come { get; init; } = [];

    public static PostgresStory Of(PostgresTemplate template, RuleCase @case)
    {
        using var copy = template.Copy(@case.Setup);
        var (before, calls) = (CatalogueText.Of(copy.Traffic), CatalogueText.Calls(copy.Traffic));
        var steps = PostgresRun.Of(copy, Step.Of(@case, template.Version));
        var after = CatalogueText.Of(copy.Traffic);
        return new(@case, steps, [.. steps.SelectMany(step => Prediction.Differences(step, copy))])
        {
            Relations = copy.Relations,
            Names = copy.Traffic.Rows("SELECT relname FROM pg_class UNION SELECT attname FROM pg_attribute UNION SELECT conname FROM pg_constraint").Select(row => row[0]!).ToHashSet(),
            Lost = [.. before.Except(after)],
            Come = [.. after.Except(before)],
            OldRelease = [.. copy.Relations.Where(relation => relation.IsTable).SelectMany(relation => Failing(copy.Traffic, relation)), .. Refused(copy.Traffic, calls)],
            After = copy.Relations.Where(relation => relation.IsTable).ToDictionary(relation => relation.Name, relation => Row(copy.Traffic, relation)),
        };
    }

    private static IEnumerable<(string, string)> Failing(NpgsqlConnection release, Relation relation)
    {
        var written = relation.Columns.Zip(relation.First).Where(pair => !pair.First.Assigned).ToList();
        IEnumerable<string> statements =
        [
            $"SELECT {string.Join(", ", relation.Columns.Select(column => column.Quoted))} FROM {relation.Quoted} LIMIT 1",
            .. written.Count == 0 ? (string[])[] :
            [
                $"INSERT INTO {relation.Quoted} ({string.Join(", ", written.Select(pair => pair.First.Quoted))}) VALUES ({string.Join(", ", written.Select(pair => pair.Second is { } text ? $"'{text}'" : "NULL"))})",
            ],
        ];
        return Refused(release, statements);
    }

    private static IEnumerable<(string, string)> Refused(NpgsqlConnection release, IEnumerable<string> statements)
    {
        foreach (var sql in statements)
        {
            release.Run("BEGIN");
            var state = release.Try(sql);
            release.Run("ROLLBACK");
            if (state is not (null or "23505" or "23503" or "23514"))
            {
                yield return (sql, state);
            }
        }
    }

    private static IReadOnlyDictionary<string, string?> Row(NpgsqlConnection connection, Relation relation)
    {
        var columns = connection.Rows($"SELECT attname, attnum FROM pg_attribute WHERE attrelid = {relation.Oid} AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
        if (columns.Count == 0 || connection.Value($"SELECT oid::regclass::text FROM pg_class WHERE oid = {relation.Oid}") is not { } name || columns[0][1] != "1" || relation.First.Count == 0)
        {
            return new Dictionary<string, string?>();
        }
        var row = connection.Rows($"SELECT {string.Join(", ", columns.Select(column => $"\"{column[0]}\"::text"))} FROM {name} WHERE \"{columns[0][0]}\"::text = '{relation.First[0]}' LIMIT 1");
        return row is [var only] ? columns.Zip(only).ToDictionary(pair => pair.First[0]!, pair => pair.Second) : new Dictionary<string, string?>();
    }
}
