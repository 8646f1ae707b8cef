using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans;

/// <summary>What a held contract still has to do stands in the way of later changes to the same columns.</summary>
internal static class Owed
{
    /// <exception cref="SafeMigrateException">A change touches what a held contract will drop, rename or take its trigger from.</exception>
    public static void Refuse(string name, MigrationChanges pending, Engine engine, IReadOnlyList<HeldContract> held)
    {
        foreach (var contract in held)
        {
            if (contract.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                throw new SafeMigrateException($"The name {name} is taken: a contract of this name is held.", $"choose another name, or write it first: dotnet safe-migrate contract {contract.Name}");
            }
            if (pending.Changes.Where(change => !change.Origin.Emitted).SelectMany(change => Objects(change).Where(each => Works(contract, each, engine) || (IsSeen(change) && Serves(contract, each[0], engine)))).FirstOrDefault() is { Length: > 0 } touched)
            {
                throw new SafeMigrateException(
                    $"{name} changes {string.Join('.', touched)}, and the held contract of {contract.Name} still has work to do on it.",
                    $"when the old release is gone, write it first: dotnet safe-migrate contract {contract.Name}",
                    ExitCode.StoppedSafely);
            }
            if (pending.Changes.FirstOrDefault(change => Copies(change, pending, engine) && Fires(contract, change.Target!, engine)) is { } copied)
            {
                throw new SafeMigrateException(
                    $"{name} makes EF copy {copied.Target} into a new table, without the triggers that serve the held contract of {contract.Name}.",
                    $"when the old release is gone, write it first: dotnet safe-migrate contract {contract.Name}",
                    ExitCode.StoppedSafely);
            }
            if (pending.Changes.Where(change => !change.Origin.Emitted).SelectMany(Built).FirstOrDefault(built => Replaces(contract, built.Table, built.Column, engine)) is { What: { } what } built)
            {
                throw new SafeMigrateException(
                    $"{name} makes {what} on {built.Table}.{built.Column}, and the held contract of {contract.Name} puts another column in its place, without it.",
                    $"when the old release is gone, write it first: dotnet safe-migrate contract {contract.Name}",
                    ExitCode.StoppedSafely);
            }
        }
    }

    private static bool Copies(Change change, MigrationChanges pending, Engine engine) =>
        engine.RebuildsTables && change.Target is not null && engine.ImpactOf(change, new(engine.Assumed, pending.Source)) is { } impact && impact.Work.HasFlag(Work.Rewrite);

    private static bool Fires(HeldContract contract, TableName table, Engine engine) => contract.Migrations.Any(migration =>
        migration.Down.Contains("CREATE TRIGGER ", StringComparison.Ordinal) && migration.Down.Contains($" ON {engine.Quote(table.Name)} ", StringComparison.Ordinal));

    private static bool Works(HeldContract contract, string[] names, Engine engine) =>
        contract.Migrations.Any(migration => Array.TrueForAll(names, name => Names(migration.Up, name, engine) || Names(migration.Down, name, engine)));

    /// <summary>Generated code names a thing in double quotes, SQL in the engine's own.</summary>
    private static bool Names(string text, string name, Engine engine) =>
        text.Contains($"\"{name}\"", StringComparison.Ordinal) || text.Contains(engine.Quote(name), StringComparison.Ordinal);

    /// <summary>A view that serves a table's old name holds its columns.</summary>
    private static bool Serves(HeldContract contract, string table, Engine engine) =>
        contract.Migrations.Any(migration => migration.Down.Contains("CREATE VIEW ", StringComparison.Ordinal) && Names(migration.Down, table, engine));

    /// <summary>Another column gets its name, and what was built on the old one goes with that.</summary>
    private static bool Replaces(HeldContract contract, TableName table, string column, Engine engine) => contract.Migrations.Any(migration =>
        Names(migration.Up, table.Name, engine)
        && (migration.Up.Contains($" TO {engine.Quote(column)}", StringComparison.Ordinal) || migration.Up.Contains($"newName: \"{column}\"", StringComparison.Ordinal)));

    private static IEnumerable<(string What, TableName Table, string Column)> Built(Change change)
    {
        var (what, columns) = change switch
        {
            CreateIndex create => ($"the index {create.Index.Name}", create.Index.Columns),
            AddUniqueConstraint add => ($"the unique key {add.Key.Name}", add.Key.Columns),
            AddForeignKey add => ($"the foreign key {add.ForeignKey.Name}", add.ForeignKey.Columns),
            _ => ("", []),
        };
        return change.Target is { } table ? columns.Select(column => (what, table, column)) : [];
    }

    private static bool IsSeen(Change change) => change is DropColumn or RenameColumn or AlterColumn { ChangesType: true };

    private static IEnumerable<string[]> Objects(Change change) => change switch
    {
        AddColumn add => [[add.Table.Name, add.Column.Name]],
        AlterColumn alter => [[alter.Table.Name, alter.New.Name]],
        DropColumn drop => [[drop.Table.Name, drop.Name]],
        RenameColumn rename => [[rename.Table.Name, rename.Name], [rename.Table.Name, rename.NewName]],
        CreateTable create => [[create.Table.Name]],
        DropTable drop => [[drop.Table.Name]],
        RenameTable rename => [[rename.Table.Name], [rename.NewName.Name]],
        CreateIndex create => [[create.Index.Name]],
        DropIndex drop => [[drop.Name]],
        RenameIndex rename => [[rename.Name], [rename.NewName]],
        AddForeignKey { ForeignKey.Name: { } name } => [[name]],
        DropForeignKey drop => [[drop.Name]],
        AddUniqueConstraint { Key.Name: { } name } => [[name]],
        DropUniqueConstraint drop => [[drop.Name]],
        AddCheckConstraint { Check.Name: { } name } => [[name]],
        DropCheckConstraint drop => [[drop.Name]],
        _ => [],
    };
}
