using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>Builds impacts.</summary>
internal static class PostgresImpact
{
    /// <summary>The engine states the basis once it knows the whole impact.</summary>
    private static readonly Basis Unstated = new(null, null);

    /// <summary>A catalogue change without any lock on a table.</summary>
    public static readonly Impact Free = new() { Locks = [], Work = Work.Metadata, Basis = Unstated };

    public static Impact Taking(LockMode mode, TableName table, Work work = Work.Metadata) => Taking([mode.On(table)], work);

    public static Impact Taking(IEnumerable<TableLock> locks, Work work = Work.Metadata) =>
        Free with { Locks = locks.Strongest(), Work = work };

    /// <summary>The impact on a table together with all its partitions.</summary>
    public static Impact TakingTree(LockMode mode, TableName table, ServerState state, Work work = Work.Metadata) =>
        Taking(mode.OnTree(table, state.Model), work);

    public static Impact With(this Impact impact, IEnumerable<TableLock> locks) =>
        impact with { Locks = impact.Locks.Concat(locks).Strongest() };

    /// <summary>Both at once, as one statement or one operation does it.</summary>
    public static Impact And(this Impact first, Impact second) => first with
    {
        Locks = first.Locks.Concat(second.Locks).Strongest(),
        Work = first.Work | second.Work,
        FailsIf = first.FailsIf | second.FailsIf,
        Refused = first.Refused ?? second.Refused,
        Transactional = first.Transactional && second.Transactional,
        OnlineForm = first.OnlineForm ?? second.OnlineForm,
    };

    public static Impact Refuse(this Impact impact, string? reason) => impact with { Refused = impact.Refused ?? reason };
}
