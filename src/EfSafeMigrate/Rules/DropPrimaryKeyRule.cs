using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropPrimaryKeyRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A primary key is dropped or changed";
    public override string Condition => "The primary key of a table that exists already is dropped, with or without a new one.";
    public override string Effect =>
        "Until a key stands again two rows can be equal, and then it cannot come back. References to it must fall first, logical replication refuses updates and deletes, and the running release still finds rows by the old key.";
    public override string Workaround =>
        "To give the key a new name, rename the constraint, or keep the old name. To change its columns, build unique indexes over the new and the old ones first, and swap in one migration in which the key adopts its index.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not DropPrimaryKey drop)
        {
            yield break;
        }
        var table = drop.Table;
        var old = situation.Before.Find(table)?.PrimaryKey;
        var next = situation.Migration.Changes.Skip(situation.Position + 1).OfType<AddPrimaryKey>().FirstOrDefault(add => IsAbout(add, situation, table));
        if (next is not null && (IsSwap(situation, next, table, old) || situation.Engine.ClustersByKey))
        {
            yield break;
        }
        var renamed = next is not null && old is not null && next.Key.Columns.SequenceEqual(old.Columns);
        var name = drop.Name ?? old?.Name ?? $"The primary key of {table}";
        var message = next is null
            ? $"{name} is dropped: nothing keeps the rows of {Say.Sized(table, situation.Table)} apart any more."
            : renamed
                ? $"{name} is dropped and built again over the same columns of {Say.Sized(table, situation.Table)}, only for the name {next.Key.Name}."
                : $"The primary key of {Say.Sized(table, situation.Table)} moves to {Say.List(next.Key.Columns)}: the rows are without a key in between, and the running release still finds them by the old one.";
        yield return Find(
            situation,
            Severity.Dangerous,
            message,
            Evidence.Of(situation.Impact.Basis),
            Cure.Text(renamed
                ? $"Keep the name with HasName(\"{name}\"){(situation.Engine.RebuildsTables ? "" : $", or replace both operations by SQL that renames the constraint {name} to {next!.Key.Name}")}"
                : situation.Engine.RebuildsTables
                    ? $"Keep {name}, and add a unique index over the new key of {table} beside it"
                    : $"Keep {name}. For a new key, build unique indexes over its columns and over {(old is null ? "the old ones" : Say.List(old.Columns))} first, and swap in one migration that adds the key USING INDEX"));
    }

    /// <summary>In one transaction the new key adopts an index, and another keeps the old columns unique for the running release.</summary>
    private static bool IsSwap(Situation situation, AddPrimaryKey next, TableName table, Key? old) =>
        next is { Index: not null, InTransaction: true } && situation.Change.InTransaction
        && !situation.Migration.Changes.Any(change => change is TransactionControl || !change.InTransaction)
        && old is not null && situation.Before.Find(table) is { } before
        && (before.UniqueConstraints.Any(key => key.Columns.All(old.Columns.Contains))
            || before.Indexes.Any(index => index is { Unique: true, Filter: null } && index.Name != next.Index && index.Columns.All(old.Columns.Contains)));

    /// <summary>EF drops the key, renames the table, and adds the key under the new name.</summary>
    public static bool IsAbout(AddPrimaryKey add, Situation situation, TableName table) =>
        add.Table.Matches(table)
        || situation.Migration.Changes.OfType<RenameTable>().Any(rename => rename.Table.Matches(table) && rename.NewName.Matches(add.Table));
}
