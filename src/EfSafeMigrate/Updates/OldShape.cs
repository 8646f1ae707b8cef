using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>How often the shape that a contract takes away was used: the counters of its triggers, and statements that name what goes.</summary>
internal sealed record OldShape(string Plan, IReadOnlyDictionary<string, long> Counters)
{
    private const int Seconds = 15;
    private const string Statements = "statements ";
    private const string Reading = $"{Statements}on ";

    /// <summary>Counters that a trigger should advance and that are not there.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Columns that go and come back under their name: both releases say it, so no count tells them apart.</summary>
    public IReadOnlyList<string> Renewed { get; init; } = [];

    /// <summary>The server counts statements, or nothing goes that a statement could name.</summary>
    public bool SeesReaders { get; init; }

    /// <summary>By the server's clock.</summary>
    public DateTimeOffset At { get; init; }

    public static bool IsStatements(string counter) => counter.StartsWith(Reading, StringComparison.Ordinal);

    /// <summary><c>on Orders.Note</c></summary>
    public static string WhatIsRead(string counter) => counter[Statements.Length..];

    /// <summary>The first contract and the others of its plan; nothing when none is pending.</summary>
    public static IReadOnlyList<MigrationChanges> ContractOf(IEnumerable<MigrationChanges> pending)
    {
        var contracts = pending.Where(migration => migration.Phase is not null && Horizon.PhaseOf(migration) == PhaseKind.Contract).ToArray();
        return [.. contracts.Where(contract => contract.Phase!.Plan == contracts[0].Phase!.Plan)];
    }

    public static async Task<OldShape> ReadAsync(Session session, Engine engine, IReadOnlyList<MigrationChanges> contract, CancellationToken cancellation)
    {
        Dictionary<string, long> counters = [];
        List<string> missing = [];
        foreach (var counter in contract.SelectMany(migration => migration.Phase!.Counters).Distinct())
        {
            if (engine.Updates.Counter is { } form && await AnswerAsync(session, form(counter), cancellation) is { } value)
            {
                counters[counter.ToString()] = value;
            }
            else
            {
                missing.Add(counter.ToString());
            }
        }
        var renewed = contract.SelectMany(migration => migration.Changes).OfType<RenameColumn>().Select(rename => (rename.Table, (string?)rename.NewName)).ToArray();
        var gone = Gone(contract).ToArray();
        var returned = gone.Where(renewed.Contains).ToArray();
        var sees = true;
        foreach (var (table, column) in gone.Except(returned))
        {
            var value = engine.Updates.Statements is { } form ? await AnswerAsync(session, form(table, column), cancellation) : null;
            sees &= value is not null;
            if (value is { } calls)
            {
                counters[$"{Reading}{table}{(column is null ? "" : $".{column}")}"] = calls;
            }
        }
        return new(contract[0].Phase!.Plan, counters) { Missing = missing, Renewed = [.. returned.Select(each => $"{each.Table}.{each.Column}")], SeesReaders = sees, At = await ClockAsync(session, engine, cancellation) };
    }

    private static async Task<DateTimeOffset> ClockAsync(Session session, Engine engine, CancellationToken cancellation) =>
        engine.Updates.Clock is { } ask && (await session.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows is [[{ } text], ..]
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : TimeProvider.System.GetUtcNow();

    private static IEnumerable<(TableName Table, string? Column)> Gone(IReadOnlyList<MigrationChanges> contract) =>
        contract.SelectMany(migration => migration.Changes).Select(change => change switch
        {
            DropColumn column => (column.Table, column.Name),
            DropTable table => (table.Table, null),
            _ => ((TableName, string?)?)null,
        }).OfType<(TableName, string?)>().Distinct();

    /// <summary>A role without the right, a server without the library or a database without the table keeps no count for us.</summary>
    private static async Task<long?> AnswerAsync(Session session, Ask ask, CancellationToken cancellation)
    {
        try
        {
            return await NumberAsync(session, ask, cancellation);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            return null;
        }
    }

    private static async Task<long?> NumberAsync(Session session, Ask ask, CancellationToken cancellation)
    {
        var result = await session.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation);
        return result.Rows is [[{ } text, ..], ..] ? long.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
