using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>What the server refuses whatever the rows are, and when the rows make an alteration fail.</summary>
internal static class MySqlRefusals
{
    public static string? Of(Change change, ServerState state, MySqlTraits traits) => change switch
    {
        AlterColumn { ChangesType: true } alter => Retyped(alter, state),
        DropColumn drop when change.Beside.OfType<DropForeignKey>().FirstOrDefault() is null && state.Model.KeyOver(drop.Table, drop.Name) is { } key =>
            $"Column `{drop.Name}` is in the foreign key `{key}`: drop the key first.",
        DropColumn drop when state.Model.Find(drop.Table) is { } table && (traits.KeepsUniqueColumns ? KeyOfSeveral(drop, table) : null) is { } key =>
            $"Column `{drop.Name}` is in {key} with others: drop the key in the same statement or before.",
        DropColumn drop when state.Model.Find(drop.Table) is { } table && CheckOfSeveral(drop, table) is { } check =>
            $"The check `{check}` compares column `{drop.Name}` with others: drop the check first.",
        DropIndex { Table: { } table } drop when !ReplacedOrFreed(change) && state.Model.Find(table).KeyNeeding(drop.Name) is { } key =>
            $"Index `{drop.Name}` is the only one that the foreign key `{key}` can use: drop the key first, or create another index over its columns.",
        DropPrimaryKey drop when !change.Beside.Any(other => other is AddPrimaryKey or AlterColumn) && Numbered(drop, state) is { } column =>
            $"Column `{column}` is AUTO_INCREMENT, and such a column has to be a key: take the attribute away in the same statement.",
        SetTableOption { Option: "PARTITION BY" } set when Keyed(set.Table, state) is { } table => $"Table `{table}` has a foreign key, and a table of a foreign key is not partitioned.",
        SetTableOption { Option: "ENGINE" } set when !MySqlState.IsDefaultEngine(set.Value) && Keyed(set.Table, state) is { } table =>
            $"Table `{table}` has a foreign key, which {set.Value} does not keep: drop the key first.",
        DropTable drop when state.ChecksKeys() && Child(drop.Table, state) is { } child => $"Table `{child}` references `{drop.Table}`: drop its foreign key first.",
        Truncate truncate when state.ChecksKeys() && Child(truncate.Table, state) is { } child => $"Table `{child}` references `{truncate.Table}`, and such a table is not truncated.",
        _ => null,
    };

    public static FailsIf FailsIfOf(Change change, ServerState state) => change switch
    {
        AlterColumn alter => MySqlColumnChange.FailsIfOf(alter, state),
        CreateIndex { Index.Unique: true } or AddUniqueConstraint => FailsIf.DuplicatesExist,
        AddPrimaryKey => FailsIf.DuplicatesExist | FailsIf.NullsExist,
        AddForeignKey { NotEnforced: false } when state.ChecksKeys() => FailsIf.OrphansExist,
        AddCheckConstraint { NotEnforced: false } or AlterConstraint { What: "ENFORCED" } => FailsIf.ViolationsExist,
        _ => FailsIf.Nothing,
    };

    private static string? Retyped(AlterColumn alter, ServerState state)
    {
        if (alter.Old is null || MySqlType.Parse(alter.Old.Type).Same(MySqlType.Parse(alter.New.Type)))
        {
            return null;
        }
        var key = state.ChecksKeys() ? state.Model.KeyOver(alter.Table, alter.New.Name) : state.Model.KeyOnto(alter.Table, alter.New.Name);
        return key is null ? null : $"Column `{alter.New.Name}` is used in the foreign key `{key}`: its type cannot change while the key is there.";
    }

    private static string? KeyOfSeveral(DropColumn drop, Table table) =>
        table.PrimaryKey is { Columns.Count: > 1 } primary && primary.Columns.Contains(drop.Name) && !drop.Beside.OfType<DropPrimaryKey>().Any() ? "the primary key"
        : table.Indexes.Where(index => index.Unique).Select(index => (index.Name, index.Columns)).Concat(table.UniqueConstraints.Select(key => (Name: key.Name ?? "", key.Columns)))
            .Where(key => key.Columns.Count > 1 && key.Columns.Contains(drop.Name) && !drop.Beside.Any(other => Drops(other, key.Name)))
            .Select(key => $"the unique key `{key.Name}`").FirstOrDefault();

    private static string? CheckOfSeveral(DropColumn drop, Table table) =>
        table.Checks.FirstOrDefault(check => check.Sql.MentionsColumn(drop.Name)
            && table.Columns.Any(other => other.Name != drop.Name && check.Sql.MentionsColumn(other.Name)) && !drop.Beside.Any(other => Drops(other, check.Name)))?.Name;

    private static bool Drops(Change change, string? name) =>
        name == change switch { DropIndex drop => drop.Name, DropUniqueConstraint drop => drop.Name, DropConstraint drop => drop.Name, DropCheckConstraint drop => drop.Name, _ => null };

    private static bool ReplacedOrFreed(Change change) => change.Beside.Any(other => other is DropForeignKey or CreateIndex or AddUniqueConstraint);

    private static string? Numbered(DropPrimaryKey drop, ServerState state) =>
        state.Model.Find(drop.Table) is { PrimaryKey: { } key } table
            ? table.Columns.FirstOrDefault(column => column.Identity && key.Columns.Contains(column.Name)
                && !table.Indexes.Any(index => index.Columns is [var first, ..] && first == column.Name))?.Name
            : null;

    /// <summary>The table, or the one that references it, that has a foreign key.</summary>
    private static string? Keyed(TableName table, ServerState state) =>
        state.Model.Find(table) is { ForeignKeys.Count: > 0 } ? table.Name : state.Model.ReferencesTo(table).Select(reference => reference.Table.Name.Name).FirstOrDefault();

    private static string? Child(TableName table, ServerState state) =>
        state.Model.ReferencesTo(table).Select(reference => reference.Table.Name).FirstOrDefault(child => !child.Matches(table))?.Name;
}
