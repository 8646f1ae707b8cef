using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class FkMissingIndexRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A foreign key has no index on its own side";
    public override string Condition => "A foreign key is added, and no index, key or later change of the set begins with its columns, on an engine that builds none by itself.";
    public override string Effect => "Every DELETE of a referenced row, and every change of its key, reads the whole referencing table.";
    public override string Workaround => "Build an index on the foreign key's columns, as EF does unless it is told not to.";
    public override bool OnRequest => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Engine.IndexesForeignKeys || situation.Impact.Refused is not null)
        {
            yield break;
        }
        var (table, keys) = situation.Change switch
        {
            AddForeignKey add => (situation.Before.Find(add.Table), [add.ForeignKey]),
            AddColumn { Inline: var inline } add => (situation.Before.Find(add.Table), [.. inline.OfType<AddForeignKey>().Select(each => each.ForeignKey)]),
            CreateTable create => (create.Definition, create.Definition.ForeignKeys),
            _ => default((Table?, IReadOnlyList<ForeignKey>)),
        };
        foreach (var key in keys ?? [])
        {
            if (table is null || IsIndexed(table, key) || Follows(situation, table.Name, key))
            {
                continue;
            }
            yield return Find(
                situation,
                Severity.Safe,
                $"{key.Name ?? "The foreign key"} of {table.Name} ({string.Join(", ", key.Columns)}) has no index: every DELETE from {key.Principal} reads all of {table.Name}.",
                "the engine looks for referencing rows, and builds no index for that by itself",
                Cure.Text($"Build an index on {Say.Columns(table.Name, key.Columns)}, as EF does unless it is told not to"));
        }
    }

    private static bool IsIndexed(Table table, ForeignKey key) =>
        table.Indexes.Select(index => index.Columns)
            .Concat(table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Select(unique => unique.Columns))
            .Any(columns => Begins(columns, key.Columns));

    private static bool Follows(Situation situation, TableName table, ForeignKey key) =>
        situation.Migration.Changes.Skip(situation.Position + 1).Any(later => later switch
        {
            CreateIndex create => create.Table.Matches(table) && Begins(create.Index.Columns, key.Columns),
            AddPrimaryKey add => add.Table.Matches(table) && Begins(add.Key.Columns, key.Columns),
            AddUniqueConstraint add => add.Table.Matches(table) && Begins(add.Key.Columns, key.Columns),
            _ => false,
        });

    /// <summary>In whatever order: all of the key's columns lead the index.</summary>
    private static bool Begins(IReadOnlyList<string> columns, IReadOnlyList<string> key) => columns.Take(key.Count).ToHashSet().SetEquals(key);
}
