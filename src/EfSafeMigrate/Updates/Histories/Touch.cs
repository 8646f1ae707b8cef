using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>Whether a change is about a table or a column: what it names, and what comes and goes with it.</summary>
internal static class Touch
{
    /// <param name="before">The name in front of the change.</param>
    /// <param name="after">The name behind it.</param>
    public static bool IsOf(HistoryStep step, Subject before, Subject after) => IsOf(step, before) || (after != before && IsOf(step, after));

    private static bool IsOf(HistoryStep step, Subject subject) =>
        IsOf(step.Change, subject.Table, step.Before) && (subject.Column is not { } column || IsOf(step.Change, subject.Table, column, step.Before));

    private static bool IsOf(Change change, TableName table, DatabaseModel before) => change switch
    {
        RenameTable rename => rename.Table.Matches(table) || rename.NewName.Matches(table),
        AddForeignKey add => add.Table.Matches(table) || add.ForeignKey.Principal.Matches(table),
        AttachPartition attach => attach.Table.Matches(table) || attach.Partition.Matches(table),
        DetachPartition detach => detach.Table.Matches(table) || detach.Partition.Matches(table),
        CreateTable { PartitionOf: { } parent } create => create.Table.Matches(table) || parent.Matches(table),
        RenameSchema rename => table.Schema is { } schema && (schema == rename.Name || schema == rename.NewName),
        DropSchema drop => drop.Name == table.Schema && before.Find(table) is not null,
        DropDatabase => before.Find(table) is not null,
        OpaqueSql opaque => opaque.Sql.Mentions(table.Name),
        UnreadOperation unread => unread.Text.Mentions(table.Name),
        DropIndex { Table: null } drop => before.IndexOwner(drop.Name)?.Name.Matches(table) == true,
        RenameIndex { Table: null } rename => before.IndexOwner(rename.Name)?.Name.Matches(table) == true,
        _ => change.Target?.Matches(table) == true,
    };

    private static bool IsOf(Change change, TableName table, string column, DatabaseModel before) => change switch
    {
        CreateTable create => create.Definition.Column(column) is not null,
        DropTable or DropSchema or DropDatabase => before.Find(table)?.Column(column) is not null,
        RenameTable or RenameSchema => true,
        AddColumn add => add.Column.Name == column || add.Column.ComputedSql.MentionsColumn(column),
        AlterColumn alter => alter.New.Name == column || alter.New.ComputedSql.MentionsColumn(column),
        RenameColumn rename => rename.Name == column || rename.NewName == column,
        CreateIndex create => create.Index.Uses(column),
        AddPrimaryKey add => add.Key.Columns.Contains(column),
        AddUniqueConstraint add => add.Key.Columns.Contains(column),
        AddForeignKey add => IsOf(add, table, column),
        AddCheckConstraint add => add.Check.Sql.MentionsColumn(column),
        DropPrimaryKey => before.Find(table)?.PrimaryKey?.Columns.Contains(column) == true,
        UpdateRows update => update.Columns.Contains(column),
        UpdateData update => update.Columns.Contains(column),
        CreateTrigger create => create.Of.Contains(column),
        OpaqueSql opaque => opaque.Sql.MentionsColumn(column),
        UnreadOperation unread => unread.Text.MentionsColumn(column),
        _ => change.TargetColumn == column || (NameIn(change) is { } name && before.Find(table) is { } known && Uses(known, name, column)),
    };

    private static bool IsOf(AddForeignKey add, TableName table, string column) =>
        (add.Table.Matches(table) && add.ForeignKey.Columns.Contains(column)) || (add.ForeignKey.Principal.Matches(table) && add.ForeignKey.PrincipalColumns.Contains(column));

    /// <summary>The index or constraint a change is about, where its columns stand in the schema only.</summary>
    private static string? NameIn(Change change) => change switch
    {
        DropIndex drop => drop.Name,
        RenameIndex rename => rename.Name,
        Reindex reindex => reindex.Index,
        DropUniqueConstraint drop => drop.Name,
        DropForeignKey drop => drop.Name,
        DropCheckConstraint drop => drop.Name,
        DropConstraint drop => drop.Name,
        RenameConstraint rename => rename.Name,
        ValidateConstraint validate => validate.Name,
        AlterConstraint alter => alter.Name,
        _ => null,
    };

    private static bool Uses(Table table, string name, string column) =>
        table.Indexes.Any(index => index.Name == name && index.Uses(column))
        || table.UniqueConstraints.Any(key => key.Name == name && key.Columns.Contains(column))
        || table.ForeignKeys.Any(key => key.Name == name && key.Columns.Contains(column))
        || table.Checks.Any(check => check.Name == name && check.Sql.MentionsColumn(column))
        || table.NotNulls.Any(each => each.Name == name && each.Column == column)
        || (table.PrimaryKey is { } primary && primary.Name == name && primary.Columns.Contains(column));
}
