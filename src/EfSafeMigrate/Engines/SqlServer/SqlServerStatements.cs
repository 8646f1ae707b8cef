using System.Collections.Frozen;
using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.SqlServer.SqlServerLocks;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>Rows, whole tables, options, and what leaves tables alone.</summary>
internal static class SqlServerStatements
{
    private const string Escalated = "X, escalated from rows to the table";

    /// <summary>Statements that leave tables and rows alone.</summary>
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "SELECT", "DECLARE", "SET", "PRINT", "RAISERROR", "THROW", "RETURN", "USE", "WAITFOR", "GOTO", "LABEL", "OPEN", "CLOSE", "FETCH", "DEALLOCATE", "BREAK",
        "CONTINUE", "CHECKPOINT", "RECONFIGURE", "REVERT", "GRANT", "DENY", "REVOKE", "SET IDENTITY_INSERT", "SET STATISTICS", "TEMPORARY", "DROP DEFAULT", "EXEC",
        "EXECUTE AS", "CHECK CONSTRAINT", "NOCHECK CONSTRAINT", "ENABLE TRIGGER", "DISABLE TRIGGER", "CREATE TRIGGER", "DROP TRIGGER", "ALTER SCHEMA", "DO", "DBCC",
    }.ToFrozenSet();

    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        CreateTable create => Created(create),
        DropTable or RenameTable or Truncate or CreateTrigger or DropTrigger or RenameTrigger or ToggleTrigger => Taking(Work.Metadata, Alone(change.Target!)),
        InsertData or UpdateData or DeleteData => Rows(change.Target!, Work.Metadata),
        InsertRows insert => Rows(insert.Table, insert.From.Count > 0 ? Work.Scan : Work.Metadata),
        UpdateRows update => Many(update.Table, update.Where, state),
        DeleteRows delete => Many(delete.Table, delete.Where, state),
        SetTableOption set => Option(set, state),
        AlterTable or CreateView { Materialized: false } or DropView { Materialized: false } or CreateFunction or CreateSequence or AlterSequence or RestartSequence
            or DropSequence or RenameSequence or CreateSchema or DropSchema or AlterDatabase or DropDatabase or Analyze or SetSetting or TransactionControl => Taking(Work.Metadata),
        OtherStatement other when Harmless.Contains(other.Verb) || IsAboutOtherObjects(other.Verb) => Taking(Work.Metadata),
        _ => null,
    };

    /// <summary>A new reference locks the table it points to.</summary>
    private static Impact Created(CreateTable create) => Taking(
        create.From.Count > 0 ? Work.Scan : Work.Metadata,
        [.. create.Definition.ForeignKeys.Where(key => !key.Principal.Matches(create.Table)).Select(key => Alone(key.Principal))]);

    private static Impact Rows(TableName table, Work work) => Taking(work, new TableLock(table, "IX", Blocks.Nothing));

    /// <summary>From 5,000 locks on one statement exchanges its row locks for one on the table, and keeps it until the transaction ends.</summary>
    private static Impact Many(TableName table, string? where, ServerState state)
    {
        var known = state.Model.Find(table);
        var keyed = where is not null && known is not null
            && known.UniqueConstraints.Append(known.PrimaryKey).OfType<Key>().Select(key => key.Columns).Concat(known.Indexes.Select(index => index.Columns))
                .Any(columns => columns.Count > 0 && where.MentionsColumn(columns[0]));
        var taken = where is null ? new TableLock(table, Escalated, Blocks.ReadsAndWrites) : new TableLock(table, "X on rows", Blocks.Writes);
        return Taking(keyed ? Work.RowChanges : Work.Scan | Work.RowChanges, taken) with { OnlineForm = "batches of less than 5,000 rows by key, each in its own transaction" };
    }

    private static Impact? Option(SetTableOption set, ServerState state) => set.Option switch
    {
        "REBUILD" => Taking(Work.Rewrite | Work.IndexBuild, Alone(set.Table)).OrOnline(set, state),
        "ADD PERSISTED" => Taking(Work.Rewrite, Alone(set.Table)),
        "SET" when set.Value?.Contains("SYSTEM_VERSIONING", StringComparison.OrdinalIgnoreCase) == true && set.Value.Contains("HISTORY_TABLE", StringComparison.OrdinalIgnoreCase) =>
            Taking(Work.Scan, Alone(set.Table)),
        "SWITCH" => Taking(Work.Metadata, [Alone(set.Table), .. set.Value is { } target ? [Alone(Name(target))] : Array.Empty<TableLock>()]),
        "REORGANIZE INDEX" => Rows(set.Table, Work.Metadata),
        _ => Taking(Work.Metadata, Alone(set.Table)),
    };

    private static TableName Name(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? new(text[..dot], text[(dot + 1)..]) : new(null, text);

    private static bool IsAboutOtherObjects(string verb) =>
        verb.StartsWith("CREATE ", StringComparison.Ordinal) || verb.StartsWith("ALTER ", StringComparison.Ordinal) || verb.StartsWith("DROP ", StringComparison.Ordinal);
}
