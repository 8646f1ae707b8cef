using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>A backfill on a test's database, over connections of its own.</summary>
internal sealed class Filling(TestDatabase database) : IAsyncDisposable
{
    private readonly List<Driver> drivers = [];
    private readonly List<BackfillNews> news = [];

    public IReadOnlyList<BackfillNews> News
    {
        get
        {
            lock (news)
            {
                return [.. news];
            }
        }
    }

    public IReadOnlyList<BackfillProgress> Progress => [.. News.OfType<BackfillProgress>()];

    /// <summary>What was told of a backfill that is held, since it stands where it stands: the batch at work when the reason was found may end, and none begins.</summary>
    public BackfillProgress[] Stands(Func<string, bool> reason)
    {
        BackfillProgress[] held = [.. Progress.Where(each => each.Held is { } why && reason(why))];
        held.Select(each => each.Walked).Distinct().Count().ShouldBeLessThanOrEqualTo(2);
        return [.. held.SkipWhile(each => each.Walked != held[^1].Walked)];
    }

    public static BackfillSpec Spec(string table, string key, string column, string expression) =>
        new(new TableName(null, table), key.Length == 0 ? [] : key.Split(','), column, expression);

    public async Task<BackfillResult> RunAsync(BackfillSpec spec, BackfillSettings? settings = null, string run = "one", CancellationToken cancellation = default) =>
        await new Backfill(await ContextAsync(settings, run), spec.Table.Name, spec).RunAsync(cancellation);

    public async Task<BackfillContext> ContextAsync(BackfillSettings? settings = null, string run = "one") =>
        new(database.Engine, run, (await OpenAsync()).Connection, async (_, _) => (await OpenAsync()).Connection, settings ?? new(), Tell);

    /// <param name="changed">The engine, when something about it is to be wrong.</param>
    public async Task<BackfillVerdict> VerifyAsync(BackfillSpec spec, BackfillSettings? settings = null, int chunkRows = 1000, Engine? changed = null)
    {
        var context = await ContextAsync(settings);
        context = context with { Engine = changed ?? context.Engine };
        var walk = await BackfillWalk.FindAsync(context.Control, context.Engine, spec, CancellationToken.None);
        return await new BackfillVerification(context, await context.OpenAsync(0, CancellationToken.None), spec.Table.Name, walk) { ChunkRows = chunkRows }.RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var driver in drivers)
        {
            await driver.DisposeAsync();
        }
    }

    private async Task<Driver> OpenAsync()
    {
        var driver = await database.OpenDriverAsync();
        drivers.Add(driver);
        return driver;
    }

    private void Tell(BackfillNews each)
    {
        lock (news)
        {
            news.Add(each);
        }
    }
}
