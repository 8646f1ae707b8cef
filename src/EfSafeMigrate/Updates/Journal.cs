using System.Globalization;
using System.Text.Json;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <param name="Event">Null when this version of the tool does not know the kind.</param>
internal sealed record JournalEntry(long Number, string Run, RunEvent? Event, string Hash);

/// <summary>
/// The journal in the target database: entries are only added, each with a hash over itself and the hash before it. Whoever adds an
/// entry claims the next number; when another was quicker, it reads on and tries again.
/// </summary>
internal sealed class Journal(Session session, Engine engine)
{
    private const int ReadSeconds = 15;
    private const int Attempts = 20;

    private readonly JournalForms forms = engine.Updates.Journal;
    private JournalEntry[]? entries;

    /// <summary>Whether the database has one by now.</summary>
    public bool Exists { get; private set; }

    /// <summary>Read once, and kept up with what this process adds.</summary>
    public IReadOnlyList<JournalEntry> Entries => entries ?? throw new InvalidOperationException("The journal has not been read.");

    public IEnumerable<T> Events<T>() where T : RunEvent => Entries.Select(entry => entry.Event).OfType<T>();

    /// <exception cref="SafeMigrateException">Somebody changed an entry.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(CancellationToken cancellation)
    {
        var exists = await session.QueryAsync(forms.Exists.Sql, forms.Exists.Parameters, ReadSeconds, cancellation);
        Exists = exists.Rows.Count > 0;
        if (!Exists)
        {
            return entries = [];
        }
        var read = await session.QueryAsync(forms.Read.Sql, forms.Read.Parameters, ReadSeconds, cancellation);
        List<JournalEntry> chain = [];
        foreach (var row in read.Rows)
        {
            var (number, run, kind, entry, hash) = (long.Parse(row[0]!, CultureInfo.InvariantCulture), row[1]!, row[2]!, row[3]!, row[4]!);
            if (number != chain.Count + 1 || hash != HashOf(chain.LastOrDefault()?.Hash, number, run, kind, entry))
            {
                throw new SafeMigrateException(
                    $"The journal's entry {chain.Count + 1} is not what was written: somebody changed or removed it.",
                    "find out who writes to the journal and why; `dotnet safe-migrate repair journal --reason \"…\"` starts a new one beside it", ExitCode.NeedsPerson);
            }
            chain.Add(new JournalEntry(number, run, Parse(entry), hash));
        }
        return entries = [.. chain];
    }

    /// <summary>Makes the journal when it is not there.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        if ((await session.QueryAsync(forms.Exists.Sql, forms.Exists.Parameters, ReadSeconds, cancellation)).Rows.Count == 0)
        {
            await session.RunAsync([.. forms.Create.Select(sql => new StatementMessage(sql))], transaction: true, cancellation);
        }
    }

    /// <summary>Adds an entry. Never cancelled: what happened is written down.</summary>
    public async Task AddAsync(string run, RunEvent happened)
    {
        var entry = JsonSerializer.Serialize(happened with { At = TimeProvider.System.GetUtcNow(), By = Operator.Name }, RunEventJson.Default.RunEvent);
        using var document = JsonDocument.Parse(entry);
        var kind = document.RootElement.GetProperty("kind").GetString()!;
        for (var attempt = 1; ; attempt++)
        {
            var last = Entries.Count == 0 ? null : Entries[^1];
            var number = (last?.Number ?? 0) + 1;
            var hash = HashOf(last?.Hash, number, run, kind, entry);
            try
            {
                await session.RunAsync(
                    [new StatementMessage(forms.Append, number.ToString(CultureInfo.InvariantCulture), run, kind, entry, hash) { ExpectedRows = 1 }],
                    transaction: true, CancellationToken.None);
                entries = [.. Entries, new JournalEntry(number, run, Parse(entry), hash)];
                return;
            }
            catch (QueryFailure failure) when (failure.Unexpected && attempt < Attempts)
            {
                await ReadAsync(CancellationToken.None);
            }
        }
    }

    public async Task AddAsync(string run, IEnumerable<RunEvent> happened)
    {
        foreach (var each in happened)
        {
            await AddAsync(run, each);
        }
    }

    private static RunEvent? Parse(string entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry, RunEventJson.Default.RunEvent);
        }
        catch (JsonException)
        {
            // Written by a newer version.
            return null;
        }
    }

    private static string HashOf(string? previous, long number, string run, string kind, string entry) =>
        Digest.Of(previous ?? "", number.ToString(CultureInfo.InvariantCulture), run, kind, entry);
}
