extern alias MySqlData;

using System.Text.RegularExpressions;
using EfSafeMigrate.Tests.Engines;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>
/// Has a server carry out a statement, and says what it did. Twice on a schema of its own: with clauses that demand the cheapest algorithm and
/// the weakest lock, dearer ones when they are refused, which changes nothing; and as it stands.
/// </summary>
/// <param name="schema">Tables and their rows.</param>
internal sealed partial class MariaDbTrial(MariaDbDatabase database, string schema)
{
    /// <summary>The server says that it cannot do it this way.</summary>
    private static readonly int[] Refusals = [1845, 1846];

    private static readonly string[] Algorithms = ["INSTANT", "NOCOPY", "INPLACE", "COPY"];
    private static readonly string[] Locks = ["NONE", "SHARED", "EXCLUSIVE"];

    public async Task<Observation> RunAsync(string ddl, string target, string setup = "", string session = "")
    {
        var probed = TakesClauses(ddl) ? await ProbeAsync(ddl, setup, session) : (Algorithm: null, Error: null);
        if (probed.Error is not null)
        {
            return new(probed.Error);
        }
        await using var connection = await PrepareAsync(setup, session);
        var before = await StorageAsync(connection);
        var rows = int.Parse((await connection.AskAsync($"SELECT count(*) FROM `{target}`"))!, System.Globalization.CultureInfo.InvariantCulture);
        await connection.RunAsync("CREATE TABLE trial_mark (id int PRIMARY KEY); START TRANSACTION; INSERT INTO trial_mark VALUES (1)");
        var read = await ReadAsync(connection);
        if (await connection.ErrorAsync(ddl) is { } error)
        {
            return new(error);
        }
        var scanned = rows > 0 && await ReadAsync(connection) - read >= rows;
        var (reads, writes) = await BlockedAsync(target);
        await connection.RunAsync("ROLLBACK");
        var after = await StorageAsync(connection);
        var rewritten = before.Tables.TryGetValue(target, out var old) && after.Tables.TryGetValue(target, out var now) && old != now;
        var built = after.Indexes.Any(index => before.Tables.ContainsValue(index.Table) && !before.Indexes.Contains(index));
        return new(null)
        {
            Algorithm = probed.Algorithm,
            BlocksReads = probed.Algorithm?.EndsWith("EXCLUSIVE", StringComparison.Ordinal) ?? reads,
            BlocksWrites = probed.Algorithm is null ? writes : !probed.Algorithm.EndsWith("NONE", StringComparison.Ordinal),
            Rewrites = rewritten,
            BuildsIndex = rewritten || built,
            Scans = rewritten || built || scanned,
            InTransaction = await connection.AskAsync("SELECT count(*) FROM trial_mark") == "0",
        };
    }

    public async Task<MySqlConnection> PrepareAsync(string setup, string session)
    {
        await database.RenewAsync();
        await using (var connection = await database.OpenAsync())
        {
            await connection.RunAsync($"{schema}\n{setup}");
        }
        var prepared = await database.OpenAsync();
        if (session.Length > 0)
        {
            await prepared.RunAsync(session);
        }
        return prepared;
    }

    private async Task<(string? Algorithm, int? Error)> ProbeAsync(string ddl, string setup, string session)
    {
        await using var connection = await PrepareAsync(setup, session);
        var (statement, asked, demanded) = (Freed(ddl), Stated(Freed(ddl), "ALGORITHM"), Stated(ddl, "LOCK"));
        int? last = null;
        foreach (var algorithm in asked is null ? Algorithms : [asked])
        {
            foreach (var level in demanded is null ? Locks : [demanded])
            {
                last = await connection.ErrorAsync(With(statement, asked is null ? $"ALGORITHM={algorithm}" : null, demanded is null ? $"LOCK={level}" : null));
                if (last is null || !Refusals.Contains(last.Value))
                {
                    return last is null ? ($"{algorithm}/{level}", null) : (null, last);
                }
            }
        }
        return (null, last);
    }

    private static bool TakesClauses(string ddl) =>
        (ddl.StartsWith("ALTER TABLE", StringComparison.Ordinal) && !OfOnePartition().IsMatch(ddl)) || (ddl.StartsWith("CREATE", StringComparison.Ordinal) && ddl.Contains(" INDEX ", StringComparison.Ordinal));

    private static string? Stated(string ddl, string clause) =>
        Regex.Match(ddl, $@"\b{clause}\s*=\s*(\w+)", RegexOptions.IgnoreCase) is { Success: true } match ? match.Groups[1].Value.ToUpperInvariant() : null;

    /// <summary>Without the clause that leaves the server a choice.</summary>
    private static string Freed(string ddl) => LeavesAChoice().Replace(ddl, "");

    /// <summary>The clauses stand behind the other actions and in front of what is said of all partitions; behind CREATE INDEX without a comma.</summary>
    private static string With(string ddl, params string?[] clauses)
    {
        var said = clauses.OfType<string>().ToArray();
        return said.Length == 0 ? ddl
            : !ddl.StartsWith("ALTER", StringComparison.Ordinal) ? $"{ddl} {string.Join(' ', said)}"
            : OfAllPartitions().Match(ddl) is { Success: true } partitions ? $"{ddl[..partitions.Index]} {string.Join(", ", said)}{ddl[partitions.Index..]}"
            : $"{ddl}, {string.Join(", ", said)}";
    }

    [GeneratedRegex(@",\s*ALGORITHM\s*=\s*(INPLACE|DEFAULT)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LeavesAChoice();

    [GeneratedRegex(@" (PARTITION BY|REMOVE PARTITIONING)\b")]
    private static partial Regex OfAllPartitions();

    [GeneratedRegex(@" (ADD|DROP|ANALYZE|TRUNCATE|REBUILD|REORGANIZE|COALESCE|EXCHANGE) PARTITION\b")]
    private static partial Regex OfOnePartition();

    /// <summary>What others cannot do while the statement's transaction is open, if it still is.</summary>
    private async Task<(bool Reads, bool Writes)> BlockedAsync(string target)
    {
        await using var other = await database.OpenAsync();
        if (await other.AskAsync($"SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = '{target}'") is null)
        {
            return (false, false);
        }
        await other.RunAsync("SET lock_wait_timeout = 0");
        return (await other.ErrorAsync($"SELECT count(*) FROM `{target}`") is not null, await other.ErrorAsync($"SELECT * FROM `{target}` LIMIT 1 FOR UPDATE NOWAIT") is not null);
    }

    private static async Task<long> ReadAsync(MySqlConnection connection) => long.Parse(
        (await connection.AskAsync("SELECT CAST(sum(variable_value) AS int) FROM information_schema.session_status WHERE variable_name IN ('HANDLER_READ_RND_NEXT', 'HANDLER_READ_NEXT')"))!,
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Rows that are written anew stand in a table of another number; an index that is built has one of its own.</summary>
    private static async Task<(Dictionary<string, string> Tables, HashSet<(string Table, string Index)> Indexes)> StorageAsync(MySqlConnection connection)
    {
        var tables = await connection.ListAsync("SELECT CONCAT(substring_index(name, '/', -1), ' ', table_id) FROM information_schema.innodb_sys_tables WHERE name LIKE CONCAT(database(), '/%')");
        var indexes = await connection.ListAsync("""
            SELECT CONCAT(i.table_id, ' ', i.index_id)
            FROM information_schema.innodb_sys_indexes i JOIN information_schema.innodb_sys_tables t ON t.table_id = i.table_id
            WHERE t.name LIKE CONCAT(database(), '/%')
            """);
        return (tables.Select(text => text.Split(' ')).ToDictionary(parts => parts[0], parts => parts[1]), [.. indexes.Select(text => text.Split(' ')).Select(parts => (parts[0], parts[1]))]);
    }
}

/// <param name="Error">The server's number when it fails.</param>
internal sealed record Observation(int? Error)
{
    /// <summary>The cheapest algorithm and the weakest lock that were accepted; null for a statement without such clauses.</summary>
    public string? Algorithm { get; init; }
    public bool BlocksReads { get; init; }
    public bool BlocksWrites { get; init; }
    public bool Rewrites { get; init; }
    public bool BuildsIndex { get; init; }
    public bool Scans { get; init; }
    public bool InTransaction { get; init; }

    /// <summary>The statement as it is measured now.</summary>
    public Measurement Over(Measurement row) => row with
    {
        Ok = Error is null,
        Error = Error?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Algorithm = Algorithm,
        BlocksReads = BlocksReads,
        BlocksWrites = BlocksWrites,
        Rewrite = Rewrites,
        IndexRebuild = Rewrites,
        NewIndex = BuildsIndex,
        Scan = Scans,
        InTransaction = InTransaction,
        // What an ALTER does was seen whole; of the others only what it leaves behind.
        Strict = Algorithm is not null,
    };
}
