using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>One migration with renames as decided, where EF on its own would pair other columns.</summary>
/// <param name="SourceRenames">Told to the differ, so that it pairs by name and cannot guess.</param>
/// <param name="Stages">The models it goes through; the last is the target.</param>
internal sealed record OneShot(string Name, IReadOnlyList<TableChange> Renames, IReadOnlyList<ModelEdit> SourceRenames, IReadOnlyList<IReadOnlyList<ModelEdit>> Stages)
{
    public static OneShot? Of(string name, MigrationChanges pending, Decisions decisions) => Of(name, pending, pending, decisions);

    /// <summary>Null when EF's own migration does what was decided.</summary>
    /// <param name="original">EF's own.</param>
    /// <param name="pending">What is left of it when tables have the names that were decided.</param>
    public static OneShot? Of(string name, MigrationChanges original, MigrationChanges pending, Decisions decisions)
    {
        var guessed = pending.Changes.OfType<RenameColumn>().ToList();
        var renames = Ordered(pending, [.. decisions.Renames, .. guessed.Where(guess => !IsDecided(guess, decisions)).Select(guess => new RenameColumn(guess.Table, guess.Name, guess.NewName))]);
        var apart = guessed
            .Where(guess => !renames.Any(rename => rename.Name == guess.Name && rename.Table.Matches(guess.Table)))
            .Select(guess => new KeepColumn(guess.Table, guess.Name))
            .ToList();
        var asEfHasIt = apart.Count == 0 && renames.Count == guessed.Count && renames.All(rename => guessed.Exists(guess => Is(guess, rename)))
            && decisions.Tables.All(rename => original.Changes.OfType<RenameTable>().Any(own => own.Table.Matches(rename.Table) && own.NewName.Matches(rename.NewName)));
        return asEfHasIt ? null : new(
            name, [.. decisions.Tables, .. renames],
            [.. decisions.Tables.Select(rename => new MapTable(rename.Table, rename.NewName)), .. renames.Select(rename => new MapColumn(rename.Table, rename.Name, rename.NewName))],
            apart.Count > 0 ? [apart, []] : [[]]);
    }

    /// <summary>EF's own operations behind the renames of tables; null where it drops one of them and creates another.</summary>
    public static MigrationChanges? Behind(MigrationChanges original, IReadOnlyList<RenameTable> tables)
    {
        RenameTable? Decided(TableName table) => tables.FirstOrDefault(rename => rename.Table.Matches(table));
        return !tables.All(rename => original.Changes.OfType<RenameTable>().Any(own => own.Table.Matches(rename.Table) && own.NewName.Matches(rename.NewName))) ? null : original with
        {
            Source = tables.Aggregate(original.Source, Evolution.After),
            Changes =
            [
                .. original.Changes.Where(change => change is not RenameTable own || Decided(own.Table) is null)
                    .Select(change => change is TableChange own && Decided(own.Table) is { } rename ? own with { Table = rename.NewName } : change),
            ],
        };
    }

    /// <summary>What EF's own migration does.</summary>
    public static OneShot AsEfHasIt(string name) => new(name, [], [], [[]]);

    /// <summary>All stages in one migration: forth in their order, back in the other.</summary>
    public Plan Bind(StagesResult result, DatabaseModel source) =>
        new(Name, "",
        [
            new(PhaseKind.Contract, "", [],
                [.. Renames.Select(rename => new Rename(rename)), .. result.Stages.SelectMany(stage => stage.Up).Select(operation => new Emit(operation))],
                [
                    .. result.Stages.Reverse().SelectMany(stage => stage.Down).Select(operation => new Emit(operation)),
                    .. Renames.Reverse().Select(rename => new Rename(Back(rename))),
                ],
                [.. Renames.Select(rename => rename is RenameColumn column ? $"renames {column.Table}.{column.Name} to {column.NewName}" : $"renames {rename.Table} to {((RenameTable)rename).NewName}")])
            {
                Loses = [.. result.Stages.SelectMany(stage => stage.Up).Select(operation => OperationReader.Read(operation.Operation, source)).OfType<DropColumn>()
                    .Select(drop => $"The values of {drop.Table}.{drop.Name} do not come back.")],
            },
        ])
        {
            Source = source,
        };

    private static TableChange Back(TableChange rename) =>
        rename is RenameColumn column ? new RenameColumn(column.Table, column.NewName, column.Name) : new RenameTable(((RenameTable)rename).NewName, rename.Table);

    private static bool Is(RenameColumn one, RenameColumn other) => one.Name == other.Name && one.NewName == other.NewName && one.Table.Matches(other.Table);

    private static bool IsDecided(RenameColumn guess, Decisions decisions) =>
        decisions.Separate.Any(separate => separate.Column == guess.Name && separate.Table.Matches(guess.Table))
        || decisions.Renames.Any(rename => rename.Table.Matches(guess.Table) && (rename.Name == guess.Name || rename.NewName == guess.NewName));

    /// <summary>A name is free before it is given again.</summary>
    private static List<RenameColumn> Ordered(MigrationChanges pending, List<RenameColumn> renames)
    {
        List<RenameColumn> ordered = [];
        while (renames.Count > 0)
        {
            var free = renames.Find(rename => !renames.Exists(other => other != rename && other.Table.Matches(rename.Table) && other.Name == rename.NewName))
                ?? throw PlanErrors.NotHandled(
                    $"the renames on {renames[0].Table}", $"{string.Join(" and ", renames.Select(rename => rename.Name))} of {pending.Source.Find(renames[0].Table)?.Name} swap names",
                    $"rename {renames[0].Name} to a third name in a migration before, and that to {renames[0].NewName} in one after");
            renames.Remove(free);
            ordered.Add(free);
        }
        return ordered;
    }
}
