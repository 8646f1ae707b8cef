using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

/// <summary>Answers what a gate asks, as a test says.</summary>
internal sealed class AnsweringDatabase
{
    public const string Name = "fill";

    /// <summary>An engine whose signals are asked by these words.</summary>
    public static readonly Engine Engine = PostgresEngine.Value with
    {
        Throttles = new()
        {
            Replicas = new("replicas"),
            Needs = "the role pg_monitor",
            ActiveTransactions = new("active"),
            LongestTransaction = new("longest"),
            LogWritten = new("log"),
        },
    };

    private readonly List<StatementMessage> said = [];
    private readonly List<BackfillNews> news = [];

    public AnsweringDatabase() => Answers["replicas"] = () => [];

    public BackfillWish Wanted { get; set; }

    public string Tuning { get; set; } = "{}";

    public bool IsKnown { get; set; } = true;

    /// <summary>Rows by the text of the query.</summary>
    public Dictionary<string, Func<IReadOnlyList<IReadOnlyList<string?>>>> Answers { get; } = [];

    /// <summary>What queries wait for.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public Func<Task> Reconnecting { get; set; } = () => Task.CompletedTask;

    public IReadOnlyList<StatementMessage> Said => said;

    public IReadOnlyList<string> Notes => [.. news.OfType<BackfillNote>().Select(note => note.Text)];

    public BackfillProgress Last => news.OfType<BackfillProgress>().Last();

    public ManualTime Time { get; init; } = new();

    public Connection Connection => new(QueryAsync, RunAsync, (_, _) => Reconnecting());

    public void Answer(string query, params string?[] row) => Answers[query] = () => [row];

    public void Fail(string query, string message, bool lost = false) => Answers[query] = () => throw new QueryFailure(message, "XX000") { Lost = lost };

    public BackfillGate Gate(ThrottleSettings? throttles = null)
    {
        var context = new BackfillContext(Engine, "run", Connection, (_, _) => Task.FromResult(Connection), new() { Throttles = throttles ?? new() }, news.Add) { Time = Time };
        var record = new BackfillRecord(Name, "t.c", "", "run", BackfillState.Running, 100, BackfillWish.Run, "{}", "", Time.GetUtcNow());
        return new(context, new BackfillStore(Connection, Engine.Backfill.Tables), Name, new ProgressMeter(record, [], Time));
    }

    private async Task<QueryResult> QueryAsync(string sql, IReadOnlyList<string?> parameters, int timeoutSeconds, CancellationToken cancellation)
    {
        await Answering;
        return new([], Answers.TryGetValue(sql, out var answer) ? answer()
            : !IsKnown ? []
            : [[Name, "t.c", "", "run", "Running", "100", Wanted.ToString(), Tuning, "", "2026-11-22T12:00:00.0000000+00:00"]]);
    }

    private Task<IReadOnlyList<StatementResult>> RunAsync(IReadOnlyList<StatementMessage> statements, bool together, int timeoutSeconds, CancellationToken cancellation)
    {
        said.AddRange(statements);
        return Task.FromResult<IReadOnlyList<StatementResult>>([.. statements.Select(_ => new StatementResult(1, []))]);
    }
}
