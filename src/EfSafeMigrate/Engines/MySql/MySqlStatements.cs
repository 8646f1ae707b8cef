using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Changes that are no action of <c>ALTER TABLE</c>.</summary>
internal static class MySqlStatements
{
    private const string Rows = "row locks";

    /// <summary>Statements that leave tables and rows alone.</summary>
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "SELECT", "GRANT", "REVOKE", "USE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "FLUSH", "UNLOCK TABLES", "UNLOCK TABLE", "CHECK TABLE", "KILL", "EXECUTE", "DEALLOCATE",
        "DROP TEMPORARY TABLE", "CREATE USER", "ALTER USER", "DROP USER", "CREATE ROLE", "DROP ROLE", "DROP PROCEDURE", "DROP FUNCTION", "DROP TRIGGER", "DO",
    }.ToFrozenSet();

    public static Impact? ImpactOf(Change change, ServerState state, MySqlTraits traits)
    {
        var impact = Of(change, state);
        return impact is null ? null : impact with { Basis = traits.Basis(state.Version), Refused = MySqlRefusals.Of(change, state, traits), Unheeded = traits.UnheededIn(change, state.Version) };
    }

    private static Impact? Of(Change change, ServerState state) => change switch
    {
        CreateTable create => Created(create),
        DropTable drop => Alone(drop.Table),
        Truncate truncate => Alone(truncate.Table),
        CreateTrigger or DropTrigger => Alone(change.Target!),
        LockTable locked => Taking(locked.Table, locked.Mode, locked.Mode.Contains("WRITE", StringComparison.Ordinal) ? Blocks.ReadsAndWrites : Blocks.Writes),
        InsertData or UpdateData or DeleteData => Taking(change.Target!, Rows, Blocks.Nothing),
        InsertRows insert => Taking(insert.Table, Rows, Blocks.Nothing) with { Work = insert.From.Count > 0 ? Work.Scan : Work.Metadata },
        UpdateRows update => Many(update.Table, update.Where, state),
        DeleteRows delete => Many(delete.Table, delete.Where, state) with { FailsIf = References(delete.Table, state) },
        CreateView { Materialized: false } or DropView { Materialized: false } or CreateFunction or CreateSequence or AlterSequence or RestartSequence or DropSequence
            or AlterDatabase or CreateSchema or DropSchema or DropDatabase or Analyze => Free with { Transactional = false },
        SetSetting or TransactionControl => Free,
        OtherStatement other when Harmless.Contains(other.Verb) => Free,
        _ => null,
    };

    private static readonly Impact Free = new() { Locks = [], Work = Work.Metadata, Basis = new(null, null) };

    private static Impact Taking(TableName table, string mode, Blocks blocks) => Free with { Locks = [new(table, mode, blocks)] };

    /// <summary>Nobody else is in the table, for an instant.</summary>
    private static Impact Alone(TableName table) => Taking(table, "EXCLUSIVE metadata", Blocks.ReadsAndWrites) with { Transactional = false };

    /// <summary>A new foreign key locks the table it points to until the new one stands, which is an instant.</summary>
    private static Impact Created(CreateTable create) => Free with
    {
        Locks = [.. create.Definition.ForeignKeys.Where(key => !key.Principal.Matches(create.Table)).Select(key => new TableLock(key.Principal, "metadata", Blocks.Nothing))],
        Work = create.From.Count > 0 ? Work.Scan : Work.Metadata,
        Transactional = false,
    };

    /// <summary>InnoDB locks the rows it reads on the way, not only those it changes, until the transaction ends.</summary>
    private static Impact Many(TableName table, string? where, ServerState state)
    {
        var keyed = where is not null && state.Model.Find(table)?.Keys().Any(columns => where.MentionsColumn(columns[0])) == true;
        return Taking(table, Rows, Blocks.Writes) with
        {
            Work = keyed ? Work.RowChanges : Work.Scan | Work.RowChanges,
            OnlineForm = "batches by key, each in its own transaction",
        };
    }

    private static FailsIf References(TableName table, ServerState state) =>
        state.Model.ReferencesTo(table).All(reference => reference.ForeignKey.OnDelete is "CASCADE" or "SET NULL") ? FailsIf.Nothing : FailsIf.OrphansExist;
}
