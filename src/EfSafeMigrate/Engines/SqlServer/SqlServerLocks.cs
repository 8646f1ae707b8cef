using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>The locks by the server's own names, and impacts made of them.</summary>
internal static class SqlServerLocks
{
    private const string Online = "ONLINE = ON";

    /// <summary>Nobody compiles or runs a statement on the table, not even with NOLOCK.</summary>
    public static TableLock Alone(TableName table) => new(table, "Sch-M", Blocks.ReadsAndWrites);

    public static TableLock Shared(TableName table) => new(table, "S", Blocks.Writes);

    public static Impact Taking(Work work, params IReadOnlyList<TableLock> locks) => new() { Locks = locks, Work = work, Basis = new(null, null) };

    /// <summary>The offline form, unless the statement asks for the online one, which only full editions have.</summary>
    public static Impact OrOnline(this Impact offline, Change change, ServerState state)
    {
        if (change.Demanded is not { Online: true })
        {
            return offline;
        }
        var online = offline with { Locks = [.. offline.Locks.Select(taken => taken with { Mode = "IS", Blocks = Blocks.Nothing })] };
        return state.IsFull() switch
        {
            true => online,
            false => online with { NeedsEdition = Online, Refused = $"Online index operations are not possible on the edition {state.Edition}." },
            null => online with { NeedsEdition = Online },
        };
    }
}
