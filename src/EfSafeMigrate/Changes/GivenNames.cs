namespace EfSafeMigrate.Changes;

/// <summary>A name that a change gives to something.</summary>
/// <param name="Kind">What bears it, in lower case.</param>
internal sealed record GivenName(string Kind, string Name);

internal static class GivenNames
{
    public const string Table = "table";
    public const string Column = "column";
    public const string Index = "index";

    private const string Key = "key";
    private const string ForeignKey = "foreign key";
    private const string Check = "check";
    private const string Constraint = "constraint";

    /// <summary>Every kind of constraint.</summary>
    public static readonly IReadOnlyList<string> Constraints = [Key, ForeignKey, Check, Constraint];

    public static IEnumerable<GivenName> Of(Change change) =>
        All(change).Where(given => given.Name is not null).Select(given => new GivenName(given.Kind, given.Name!)).Distinct();

    private static IEnumerable<(string Kind, string? Name)> All(Change change) => change switch
    {
        CreateTable create => [(Table, create.Table.Name), .. Inside(create)],
        RenameTable rename => [(Table, rename.NewName.Name)],
        AddColumn add => [(Column, add.Column.Name), .. add.Inline.SelectMany(All)],
        RenameColumn rename => [(Column, rename.NewName)],
        CreateIndex create => [(Index, create.Index.Name)],
        RenameIndex rename => [(Index, rename.NewName)],
        AddPrimaryKey add => [(Key, add.Key.Name)],
        AddUniqueConstraint add => [(Key, add.Key.Name)],
        AddForeignKey add => [(ForeignKey, add.ForeignKey.Name)],
        AddCheckConstraint add => [(Check, add.Check.Name)],
        AddNotNullConstraint add => [(Constraint, add.Name)],
        AddExclusionConstraint add => [(Constraint, add.Name)],
        RenameConstraint rename => [(Constraint, rename.NewName)],
        CreateView create => [("view", create.View.Name)],
        CreateTrigger create => [("trigger", create.Name)],
        RenameTrigger rename => [("trigger", rename.NewName)],
        CreateSequence create => [("sequence", create.Name)],
        RenameSequence rename => [("sequence", rename.NewName)],
        CreateSchema create => [("schema", create.Name)],
        RenameSchema rename => [("schema", rename.NewName)],
        CreateEnum create => [("type", create.Type.Name)],
        CreateDomain create => [("type", create.Domain.Name)],
        _ => [],
    };

    // A partition and a table made from a query have the columns of another.
    private static IEnumerable<(string, string?)> Inside(CreateTable create)
    {
        var definition = create.Definition;
        return create.PartitionOf is not null ? [] :
        [
            .. definition.Columns.Select(column => (Column, (string?)column.Name)),
            .. definition.UniqueConstraints.Append(definition.PrimaryKey).Select(key => (Key, key?.Name)),
            .. definition.ForeignKeys.Select(key => (ForeignKey, key.Name)),
            .. definition.Checks.Select(check => (Check, check.Name)),
            .. definition.Indexes.Select(index => (Index, (string?)index.Name)),
        ];
    }
}
