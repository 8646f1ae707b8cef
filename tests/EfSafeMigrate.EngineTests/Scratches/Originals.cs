using System.Data.Common;
using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Scratches;

/// <summary>A test's database as scratch databases are made after it; sessions as the agent opens them.</summary>
internal sealed class Originals(TestDatabase database, string? connectionString = null)
{
    private readonly Dictionary<string, Driver> open = [];
    private readonly List<ColumnMeaning> meanings = [];

    /// <summary>What is told, in order.</summary>
    public List<ScratchNews> News { get; } = [];

    public IReadOnlyList<string> Commands { get; init; } = [];

    public TableName History { get; init; } = new(null, "__EFMigrationsHistory");

    public List<ColumnMeaning> Meanings => meanings;

    /// <summary>Called with each piece of news; may throw, as a run that is stopped there.</summary>
    public Action<ScratchNews> Upon { get; set; } = _ => { };

    /// <summary>Names of sessions that are open now.</summary>
    public IReadOnlyCollection<string> Open => open.Keys;

    public Original Value => new(database.Engine, connectionString)
    {
        ConnectAsync = ConnectAsync,
        ReadAsync = (request, _) => Task.FromResult(Read(request)),
        CommandsAsync = _ => Task.FromResult<IReadOnlyList<CommandMessage>>([.. Commands.Select(sql => new CommandMessage(sql, false, []))]),
        MeaningsAsync = _ => Task.FromResult<IReadOnlyList<ColumnMeaning>>(meanings),
    };

    public Task<Scratch> OpenAsync(ScratchPlace place, Filling filling) => OpenAsync(new ScratchChoice(place, filling));

    public Task<Scratch> OpenAsync(ScratchChoice choice) => Scratch.OpenAsync(choice, Value, news =>
    {
        News.Add(news);
        Upon(news);
    }, CancellationToken.None);

    /// <summary>Another session there.</summary>
    public Task<Link> ConnectAsync(string connectionString) => ConnectAsync(connectionString, $"test {Guid.NewGuid():N}", CancellationToken.None);

    private async Task<Link> ConnectAsync(string? text, string name, CancellationToken cancellation)
    {
        await CloseAsync(name);
        var whole = text ?? connectionString ?? database.ConnectionText;
        var driver = database.DriverTo(whole);
        try
        {
            await driver.OpenAsync();
        }
        catch (DbException exception)
        {
            throw new SafeMigrateException(exception.Message, "as the project says it");
        }
        open[name] = driver;
        var values = Builder(whole);
        return new Link(driver.Connection, ValueOf(values, "Database", "Data Source"), ValueOf(values, "Host", "Server", "Data Source"), async () => await CloseAsync(name));
    }

    private async Task CloseAsync(string name)
    {
        if (open.Remove(name, out var driver))
        {
            await driver.DisposeAsync();
        }
    }

    private ConnectionTextResult Read(ConnectionTextRequest request)
    {
        var builder = Builder(request.ConnectionString ?? connectionString ?? database.ConnectionText);
        foreach (var (keyword, value) in request.Set)
        {
            builder[keyword] = value;
        }
        return new(builder.ConnectionString, request.Get.Select(keyword => (keyword, Text: ValueOf(builder, keyword))).Where(each => each.Text.Length > 0).ToDictionary(each => each.keyword, each => each.Text), History);
    }

    private DbConnectionStringBuilder Builder(string text) =>
        database is SqliteDatabase ? new SqliteConnectionStringBuilder(text) : database is MariaDbDatabase ? new DbConnectionStringBuilder { ConnectionString = text } : new NpgsqlConnectionStringBuilder(text);

    private static string ValueOf(DbConnectionStringBuilder builder, params string[] keywords) => keywords
        .Select(keyword => builder.TryGetValue(keyword, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "" : "").FirstOrDefault(text => text.Length > 0) ?? "";
}
