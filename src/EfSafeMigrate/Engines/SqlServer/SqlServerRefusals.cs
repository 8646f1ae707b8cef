using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>What the server refuses whatever the rows are: mostly that something else depends on what is to change.</summary>
internal static class SqlServerRefusals
{
    public static string? Of(Change change, ServerState state) => change switch
    {
        { InTransaction: true, Demanded.Resumable: true } => "RESUMABLE = ON cannot run inside a transaction.",
        CreateIndex { InTransaction: true, Index.Method: "FULLTEXT" } => "A full-text index cannot be created inside a transaction.",
        AlterDatabase { InTransaction: true } or DropDatabase { InTransaction: true } when IsByHand(change) => "The statement cannot run inside a transaction.",
        AlterColumn alter => Altered(alter, state.Model),
        DropColumn drop => Dropped(drop, state.Model),
        AddPrimaryKey add when state.Model.Find(add.Table) is { } table && add.Key.Columns.FirstOrDefault(name => table.Column(name)?.Nullable == true) is { } nullable =>
            $"Column {nullable} may be NULL, and such a column is in no primary key.",
        DropTable drop when Child(drop.Table, state.Model) is { } child => $"Table {child} references {drop.Table}: drop its foreign key first.",
        Truncate truncate when Child(truncate.Table, state.Model) is { } child => $"Table {child} references {truncate.Table}, and such a table is not truncated.",
        DropPrimaryKey drop when state.Model.Find(drop.Table)?.PrimaryKey is { } key => Referenced(drop.Table, key, state.Model),
        DropUniqueConstraint drop when state.Model.Find(drop.Table)?.UniqueConstraints.FirstOrDefault(key => key.Name == drop.Name) is { } key => Referenced(drop.Table, key, state.Model),
        DropIndex { Table: { } owner } drop when state.Model.Find(owner) is { } table && table.UniqueConstraints.Append(table.PrimaryKey).Any(key => key?.Name == drop.Name) =>
            $"{drop.Name} is the index of a constraint: drop the constraint.",
        DropSchema drop when state.Model.Tables.FirstOrDefault(table => table.Name.Schema == drop.Name) is { } left => $"The schema still holds {left.Name}.",
        _ => null,
    };

    private static string? Altered(AlterColumn alter, DatabaseModel model)
    {
        if (alter.Old is not { } old || model.Find(alter.Table) is not { } table || alter.Clause is "SET DEFAULT" or "DROP DEFAULT")
        {
            return null;
        }
        var (name, from, to) = (alter.New.Name, SqlServerType.Parse(old.Type), SqlServerType.Parse(alter.New.Type));
        var key = table.PrimaryKey is { } primary && primary.Columns.Contains(name) ? primary.Name ?? "the primary key" : null;
        if (key is not null && alter.BecomesOptional)
        {
            return $"Column {name} is in {key}: it stays NOT NULL.";
        }
        if ((to.Same(from) && !alter.ChangesCollation) || old.ComputedSql is not null)
        {
            return null;
        }
        key ??= table.ForeignKeys.FirstOrDefault(each => each.Columns.Contains(name)) is { } reference ? reference.Name ?? "a foreign key"
            : model.ReferencesTo(table.Name).FirstOrDefault(each => each.ForeignKey.PrincipalColumns.Contains(name)) is { Table: { } child, ForeignKey: var inbound } ? inbound.Name ?? $"a foreign key of {child.Name}"
            : null;
        if (key is not null)
        {
            return $"Column {name} is in {key}: its type cannot change while the key is there.";
        }
        if (to.Extends(from) || to.Shortens(from))
        {
            return null;
        }
        var dependent = table.UniqueConstraints.FirstOrDefault(each => each.Columns.Contains(name))?.Name
            ?? table.Checks.FirstOrDefault(check => check.Sql.Mentions(name))?.Name
            ?? table.Columns.FirstOrDefault(column => column.Name != name && column.ComputedSql.Mentions(name))?.Name
            // EF drops the indexes and the default of a column it alters, and makes them again.
            ?? (IsByHand(alter) ? table.Indexes.FirstOrDefault(index => index.Uses(name))?.Name ?? (from.Name != to.Name ? old.Default?.Name : null) : null);
        return dependent is null ? null : $"{dependent} depends on column {name}: drop it first.";
    }

    private static string? Dropped(DropColumn drop, DatabaseModel model)
    {
        if (model.Find(drop.Table) is not { } table || table.Column(drop.Name) is not { } column)
        {
            return null;
        }
        var dependent = table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().FirstOrDefault(key => key.Columns.Contains(drop.Name))?.Name
            ?? table.ForeignKeys.FirstOrDefault(key => key.Columns.Contains(drop.Name))?.Name
            ?? table.Indexes.FirstOrDefault(index => index.Uses(drop.Name))?.Name
            ?? table.Checks.FirstOrDefault(check => check.Sql.Mentions(drop.Name))?.Name
            ?? table.Columns.FirstOrDefault(other => other.Name != drop.Name && other.ComputedSql.Mentions(drop.Name))?.Name
            // EF drops the default of a column it drops.
            ?? (IsByHand(drop) && column.Default is { } given ? given.Name ?? $"The default of {drop.Name}" : null);
        return dependent is null ? null : $"{dependent} depends on column {drop.Name}: drop it first.";
    }

    private static string? Referenced(TableName table, Key key, DatabaseModel model) =>
        model.ReferencesTo(table).Where(reference => reference.ForeignKey.PrincipalColumns.SequenceEqual(key.Columns)).Select(reference => reference.Table.Name).FirstOrDefault() is { } child
            ? $"Table {child} references {table} through it: drop its foreign key first."
            : null;

    private static string? Child(TableName table, DatabaseModel model) =>
        model.ReferencesTo(table).Select(reference => reference.Table.Name).FirstOrDefault(child => !child.Matches(table))?.ToString();

    private static bool IsByHand(Change change) => change.Origin.OperationName is "" or "Sql";
}
