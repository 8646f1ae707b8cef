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
    private JournalChain? chain;

    /// <summary>Connects again when the connection was lost; null when nobody does.</summary>
    public Func<QueryFailure, CancellationToken, Task>? Reconnect { get; set; }

    /// <summary>Goes with every entry: fails when the run that writes is not the one at work any more.</summary>
    public string? Fence { get; set; }

    /// <summary>Whether the database has one by now.</summary>
    public bool Exists { get; private set; }

    /// <summary>Read once, and kept up with what this process adds.</summary>
    public IReadOnlyList<JournalEntry> Entries => Chain.Entries;

    /// <summary>Every entry as it stands there, whoever wrote it.</summary>
    public IEnumerable<(string Run, string Kind, string Entry)> Texts => Chain.Raw.Chunk(5).Select(row => (row[1], row[2], row[3]));

    private JournalChain Chain => chain ?? throw new InvalidOperationException("The journal has not been read.");

    public IEnumerable<T> Events<T>() where T : RunEvent => Entries.Select(entry => entry.Event).OfType<T>();

    /// <exception cref="SafeMigrateException">Somebody changed an entry.</exception>
    public static async Task<Journal> OpenAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        var journal = new Journal(session, engine);
        await journal.ReadAsync(cancellation);
        return journal;
    }

    /// <summary>Made when it is not there.</summary>
    /// <exception cref="SafeMigrateException">It cannot be made, or somebody changed an entry.</exception>
    public static async Task<Journal> OpenOrCreateAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        var journal = new Journal(session, engine);
        await journal.CreateAsync(cancellation);
        return journal;
    }

    /// <exception cref="SafeMigrateException">Somebody changed an entry.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Chain.Broken is { } broken)
        {
            throw new SafeMigrateException(
                $"The journal's entry {broken} is not what was written: somebody changed or removed it.",
                "find out who writes to the journal and why; `dotnet safe-migrate repair journal --reason \"…\"` goes on with a new chain", ExitCode.NeedsPerson);
        }
        return Entries;
    }

    /// <summary>Makes the journal when it is not there, and reads it.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await (await IsThereAsync(cancellation) ? Task.CompletedTask : MakeAsync(cancellation));
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            // Another may have made it in the same moment.
            if (!await IsThereAsync(cancellation))
            {
                throw new SafeMigrateException(
                    $"The journal cannot be made: {failure.Sentence.TrimEnd('.')}. Nothing was changed.", "let this user make a schema in the database, or have it made by one who may: dotnet safe-migrate adopt", ExitCode.Environment, failure.Detail);
            }
        }
        await ReadAsync(cancellation);
    }

    /// <summary>Adds an entry. Never cancelled: what happened is written down.</summary>
    /// <param name="reconnecting">Cancels only the waiting for a server that is away.</param>
    public Task AddAsync(string run, RunEvent happened, CancellationToken reconnecting = default) => AddAsync(run, happened, seal: null, reconnecting);

    /// <summary>Goes on with a new chain after somebody changed entries; the entry seals everything before it as it was found.</summary>
    /// <returns>The first entry that was not what was written; null when the journal is whole, and nothing was done.</returns>
    public async Task<long?> RepairAsync(string reason, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Chain.Broken is not { } broken)
        {
            return null;
        }
        await MakeAsync(cancellation);
        await AddAsync("repair", new JournalRepaired(reason, broken, Chain.LastHash), Chain.Seal, cancellation);
        await ReadAsync(cancellation);
        return broken;
    }

    private Task MakeAsync(CancellationToken cancellation) =>
        session.RunAsync([.. forms.Create.Select(sql => new StatementMessage(sql))], transaction: true, cancellation);

    private async Task<bool> IsThereAsync(CancellationToken cancellation) =>
        (await session.QueryAsync(forms.Exists.Sql, forms.Exists.Parameters, ReadSeconds, cancellation)).Rows.Count > 0;

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Exists = await IsThereAsync(cancellation);
        chain = !Exists ? JournalChain.Empty
            : JournalChain.Of((await session.QueryAsync(forms.Read.Sql, forms.Read.Parameters, ReadSeconds, cancellation)).Rows);
    }

    private async Task AddAsync(string run, RunEvent happened, string? seal, CancellationToken reconnecting)
    {
        var entry = JsonSerializer.Serialize(happened with { At = TimeProvider.System.GetUtcNow(), By = Operator.Name }, RunEventJson.Default.RunEvent);
        using var document = JsonDocument.Parse(entry);
        var kind = document.RootElement.GetProperty("kind").GetString()!;
        string? tried = null;
        for (var attempt = 1; ; attempt++)
        {
            if (tried is not null && Entries.Any(each => each.Hash == tried))
            {
                // The connection was cut after it had been written.
                return;
            }
            var number = (Chain.LastNumber + 1).ToString(CultureInfo.InvariantCulture);
            var hash = tried = JournalChain.HashOf(seal ?? Chain.LastHash, number, run, kind, entry);
            try
            {
                await session.RunAsync(
                    [.. Fence is null ? [] : new StatementMessage[] { new(Fence) }, new(forms.Append, number, run, kind, entry, hash) { ExpectedRows = 1 }, new(forms.Head, number, run, kind, entry, hash) { ExpectedRows = 1 }],
                    transaction: true, CancellationToken.None);
                chain = Chain.With(number, run, kind, entry, hash);
                return;
            }
            catch (QueryFailure failure) when (attempt < Attempts && (failure.Unexpected || engine.Updates.OthersInTheWay(failure.SqlState)))
            {
                await ReadAsync(CancellationToken.None);
            }
            catch (QueryFailure failure) when (attempt < Attempts && failure.Lost && Reconnect is not null)
            {
                await Reconnect(failure, reconnecting);
                await ReadAsync(CancellationToken.None);
            }
        }
    }

    public async Task AddAsync(string run, IEnumerable<RunEvent> happened, CancellationToken reconnecting = default)
    {
        foreach (var each in happened)
        {
            await AddAsync(run, each, reconnecting);
        }
    }
}
