using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Sqlite.SqliteImpact;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>Changes that are one statement on SQLite, whoever writes it.</summary>
internal static class SqliteStatements
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AddColumn add when add.IsWrittenSql || add.Column is not { ComputedSql: not null, Stored: true } => SqliteAddColumn.ImpactOf(add, state),
        DropColumn drop when drop.IsWrittenSql => Drop(drop, state),
        RenameColumn rename => Writing(rename.Table),
        RenameTable rename => Writing(rename.Table),
        CreateTable create => Writing(create.Table),
        // The implicit DELETE reads every row; rows of other tables that point here make it fail, or go with it under ON DELETE CASCADE.
        DropTable drop => Writing(drop.Table, Work.Scan, References(drop.Table, state)),
        CreateIndex { Concurrently: true } create => Writing(create.Table).Refused("SQLite has no CREATE INDEX CONCURRENTLY."),
        CreateIndex create => Writing(create.Table, Work.IndexBuild, create.Index.Unique ? FailsIf.DuplicatesExist : FailsIf.Nothing),
        DropIndex { Concurrently: true } drop => Writing(drop.Table).Refused("SQLite has no DROP INDEX CONCURRENTLY."),
        // Every page of the index goes to the free list, so the time grows with it; measured.
        DropIndex drop => Writing(drop.Table, Work.Scan),
        // EF drops the index and creates it again under the new name.
        RenameIndex rename when !rename.IsWrittenSql => Writing(rename.Table, Work.IndexBuild),
        Reindex reindex => Writing(reindex.Table, Work.IndexBuild),
        Vacuum => Writing(null, Work.Rewrite | Work.IndexBuild) with { Transactional = false, Refused = change.InTransaction ? "SQLite cannot VACUUM inside a transaction." : null },
        Analyze analyze => Writing(analyze.Table),
        InsertData or UpdateData or DeleteData => Writing(change.Target),
        InsertRows insert => Writing(insert.Table, insert.From.Count > 0 ? Work.Scan : Work.Metadata),
        UpdateRows update => Writing(update.Table, Work.Scan | Work.RowChanges),
        DeleteRows delete => Writing(delete.Table, Work.Scan | Work.RowChanges, References(delete.Table, state)),
        OtherStatement { Verb: "DROP TRIGGER" } => Writing(null),
        CreateTrigger or DropTrigger => Writing(change.Target),
        CreateView { Materialized: false } or DropView { Materialized: false } => Writing(change.Target),
        // EF leaves schemas out on SQLite.
        CreateSchema or DropSchema when !change.IsWrittenSql => Free,
        AlterDatabase or SetSetting or TransactionControl => Free,
        OtherStatement other when other.Verb.StartsWith("PRAGMA", StringComparison.Ordinal) || other.Verb is "ATTACH" or "DETACH" => Free,
        _ => null,
    };

    private static FailsIf References(TableName table, ServerState state) =>
        state.Model.ReferencesTo(table).Any(reference => reference.Table.Name != table && !Cascades(reference.ForeignKey))
            ? FailsIf.OrphansExist
            : FailsIf.Nothing;

    private static bool Cascades(ForeignKey key) =>
        key.OnDelete?.StartsWith("CASCADE", StringComparison.OrdinalIgnoreCase) == true
        || key.OnDelete?.StartsWith("SET", StringComparison.OrdinalIgnoreCase) == true;

    private static Impact Drop(DropColumn drop, ServerState state) =>
        Writing(drop.Table, Work.Rewrite) with { Refused = SqliteDependents.KeepingColumn(drop.Table, drop.Name, state.Model) };

    public static Impact Refused(this Impact impact, string reason) => impact with { Refused = reason };
}
