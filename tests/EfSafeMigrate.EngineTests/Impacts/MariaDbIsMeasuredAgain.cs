using EfSafeMigrate.Tests;
using EfSafeMigrate.Tests.Engines;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>What the engine says of MariaDB's statements is what a server does with them.</summary>
public sealed class MariaDbIsMeasuredAgain(Workers workers) : IClassFixture<Workers>
{
    private const string Rows = """
        INSERT INTO customers SELECT seq, CONCAT('customer ', seq) FROM seq_1_to_50;
        INSERT INTO orders (id, customer_id, qty, qty_n, amount, code, name, v20, v100, vl, v3, note, js, ch, guid_text, created, created6, ext_no, g_src, rl)
          SELECT seq, 1 + seq MOD 50, seq MOD 7, 1, seq, CONCAT('code ', seq), 'name', 'v', CONCAT('v100 ', seq), 'l', 'u', 'note', '{"a": 1}', 'ch',
            CONCAT(insert(insert(insert(insert(md5(seq), 21, 0, '-'), 17, 0, '-'), 13, 0, '-'), 9, 0, '-')), '2024-01-01 10:00:00', '2024-01-01 10:00:00', seq, seq, 1
          FROM seq_1_to_300;
        INSERT INTO order_lines SELECT seq, 1 + seq MOD 300, 'sku' FROM seq_1_to_200;
        """;

    private const string OnlineDdlRows = """
        INSERT INTO `P` SELECT seq FROM seq_1_to_50;
        INSERT INTO `H` SELECT seq, seq FROM seq_1_to_50;
        INSERT INTO `T` SELECT seq, seq, 'b', 1, 1, 1 + seq MOD 50, 'g', 1 + seq MOD 50, 'k', 'some words', 'm', seq, seq FROM seq_1_to_300;
        """;

    [Fact]
    public async Task EveryModelledRowOfTheLockMatrix()
    {
        var version = (await workers.VersionAsync()).Split('-')[0];
        var listed = NotModelled.On("mariadb");
        var rows = Measurement.Of("mariadb").Where(row => !listed.ContainsKey(row.Op)).Select(row => row with { Versions = [version] }).ToArray();

        var observed = await workers.EachAsync(rows, (database, row) => new MariaDbTrial(database, Data.Text("lock-matrix-base.mariadb.sql") + Rows)
            .RunAsync(row.Ddl, row.Target, row.Setup ?? "", row.Session ?? ""));

        rows.Length.ShouldBe(139);
        var again = rows.Zip(observed, (row, seen) => seen.Over(row)).ToArray();
        var wrong = LockMatrix.MariaDb.Walk(again).Where(verdict => !verdict.Agrees)
            .Select(verdict => $"{verdict.Measured.Op} on {verdict.Version}: {string.Join("; ", verdict.Differences)}");
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        if (version.StartsWith("10.11.", StringComparison.Ordinal))
        {
            var other = rows.Zip(again, Differences).OfType<string>().ToArray();
            other.ShouldBeEmpty(string.Join('\n', other));
        }
    }

    [Fact]
    public async Task EveryLineOfOnlineDdl()
    {
        var version = await workers.VersionAsync();

        var observed = await workers.EachAsync(OnlineDdl.Lines, (database, line) => new MariaDbTrial(database, OnlineDdl.Schema + OnlineDdlRows)
            .RunAsync(line.Sql, line.Sql.Split('`')[SqlTable(line)], session: line.Setup));

        EfSafeMigrate.Engines.EngineVersion.TryParse(version, out var parsed).ShouldBeTrue();
        var wrong = OnlineDdl.Lines.Zip(observed).Where(each =>
                !OnlineDdl.Differs.ContainsKey((each.First.Operation, "mariadb")) && each.First.Predicted("mariadb", parsed) != Word(each.Second))
            .Select(each => $"{each.First.Operation}: predicted {each.First.Predicted("mariadb", parsed)}, observed {Word(each.Second)} {each.Second.Error}").ToArray();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
        if (version.StartsWith("10.11.", StringComparison.Ordinal))
        {
            var other = OnlineDdl.Lines.Zip(observed).Where(each => each.First.MariaDb != Word(each.Second)).Select(each => $"{each.First.Operation}: {each.First.MariaDb}, observed {Word(each.Second)}").ToArray();
            other.ShouldBeEmpty(string.Join('\n', other));
        }
    }

    /// <summary>The table stands behind ALTER TABLE, and behind the name of an index.</summary>
    private static int SqlTable(OnlineDdl line) => line.Sql.StartsWith("ALTER", StringComparison.Ordinal) ? 1 : 3;

    private static string Word(Observation observed) => observed switch
    {
        { Error: not null } => "refused",
        { Algorithm: { } algorithm, Rewrites: true } when algorithm.StartsWith("INPLACE", StringComparison.Ordinal) => $"{algorithm} rebuild",
        _ => observed.Algorithm!,
    };

    private static string? Differences(Measurement then, Measurement now) =>
        then.Ok != now.Ok ? $"{then.Op}: {(then.Ok ? "succeeded" : then.Error)}, now {(now.Ok ? "succeeds" : now.Error)}"
        : !then.Ok && then.Error!.Split(':')[0] != now.Error ? $"{then.Op}: failed with {then.Error}, now {now.Error}"
        : then.Algorithm != now.Algorithm ? $"{then.Op}: {then.Algorithm}, now {now.Algorithm}"
        : then.Algorithm is not null && then.Rewrite != now.Rewrite ? $"{then.Op}: rewrite {then.Rewrite}, now {now.Rewrite}"
        : null;
}
