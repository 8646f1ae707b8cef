namespace EfSafeMigrate.Changes;

/// <summary>Moves one table on by a change to it.</summary>
internal static class TableEvolution
{
    public static Table After(this Table table, Change change) => change switch
    {
        AddColumn add => table.WrittenAnew().Add(add),
        DropColumn drop => table.WrittenAnew().WithoutColumn(drop.Name),
        RenameColumn rename => table.WithColumnRenamed(rename.Name, rename.NewName),
        AlterColumn alter => table.WithColumn(alter.New.Name, _ => alter.New),
        CreateIndex create => table.Indexes.Any(index => index.Name == create.Index.Name)
            ? table
            : table with { Indexes = [.. table.Indexes, create.Index] },
        DropIndex drop => table with
        {
            Indexes = [.. table.Indexes.Where(index => index.Name != drop.Name)],
            Options = table.Indexes.Any(index => index.Name == drop.Name && index.Method == "FULLTEXT") ? [.. table.Options, new(Table.LeftByFullText, "hidden")] : table.Options,
        },
        RenameIndex rename => table.WithConstraintRenamed(rename.Name, rename.NewName),
        AddPrimaryKey add => add.Key.Columns.Aggregate(
            table.WithoutIndex(add.Index) with { PrimaryKey = add.Key },
            (keyed, name) => keyed.WithColumn(name, column => column with { Nullable = false })),
        DropPrimaryKey => table with { PrimaryKey = null },
        AddUniqueConstraint add =>
            table.WithoutIndex(add.Index) with { UniqueConstraints = [.. table.UniqueConstraints, add.Key] },
        DropUniqueConstraint drop => table.WithoutConstraint(drop.Name),
        AddForeignKey add => table with { ForeignKeys = [.. table.ForeignKeys, add.ForeignKey] },
        DropForeignKey drop => table.WithoutConstraint(drop.Name),
        AddCheckConstraint add => table with { Checks = [.. table.Checks, add.Check] },
        DropCheckConstraint drop => table.WithoutConstraint(drop.Name),
        AddNotNullConstraint add => (table with { NotNulls = [.. table.NotNulls, new(add.Name, add.Column, add.Validated)] })
            .WithColumn(add.Column, column => add.Validated ? column with { Nullable = false } : column),
        DropConstraint drop => table.WithoutConstraint(drop.Name),
        RenameConstraint rename => table.WithConstraintRenamed(rename.Name, rename.NewName),
        ValidateConstraint validate => table.WithConstraintValidated(validate.Name, validated: true),
        AlterConstraint { What: "ENFORCED" } alter => table.WithConstraintValidated(alter.Name, validated: true),
        AlterConstraint { What: "NOT ENFORCED" } alter => table.WithConstraintValidated(alter.Name, validated: false),
        CreateTrigger create => table.WithoutTrigger(create.Name) with
        {
            Triggers = [.. table.Triggers.Where(name => name != create.Name), create.Name],
            Pinned = [.. table.WithoutTrigger(create.Name).Pinned, .. create.Of.Select(column => new PinnedColumn(column, $"trigger {create.Name}"))],
        },
        DropTrigger drop => table.WithoutTrigger(drop.Name),
        SetTableOption { Option: "FORCE" } => table.WrittenAnew(),
        SetTableOption { Value: { } value, Column: null } set => table with
        {
            Options = [.. table.Options.Where(option => option.Name != set.Option && (option.Name != Table.LeftByFullText || set.Option != "ENGINE")), new(set.Option, value)],
        },
        RenameTrigger rename => table with
        {
            Triggers = [.. table.Triggers.Select(name => name == rename.Name ? rename.NewName : name)],
        },
        OtherStatement { Verb: "CREATE POLICY", Text: { } text } => table with
        {
            Pinned = [.. table.Pinned, .. table.Columns.Where(column => text[Math.Max(0, text.IndexOf('(', StringComparison.Ordinal))..].Mentions(column.Name)).Select(column => new PinnedColumn(column.Name, PolicyIn(text)))],
        },
        OtherStatement { Verb: "DROP POLICY", Text: { } text } =>
            table with { Pinned = [.. table.Pinned.Where(pinned => pinned.By != PolicyIn(text))] },
        _ => table,
    };

    private static string PolicyIn(string text) =>
        $"policy {text.Split(' ', '\n', '\t').SkipWhile(word => word.ToUpperInvariant() is "IF" or "EXISTS").First().Trim('"')}";

    /// <summary>Whoever keeps a hidden column for a dropped index writes the rows anew for the next column, and is rid of it then.</summary>
    private static Table WrittenAnew(this Table table) => table with { Options = [.. table.Options.Where(option => option.Name != Table.LeftByFullText)] };

    private static Table Add(this Table table, AddColumn add) =>
        table.Column(add.Column.Name) is not null
            ? table
            : add.Inline.Aggregate(table with { Columns = [.. table.Columns, add.Column] }, After);

    private static Table WithoutTrigger(this Table table, string trigger) => table with
    {
        Triggers = [.. table.Triggers.Where(name => name != trigger)],
        Pinned = [.. table.Pinned.Where(pinned => pinned.By != $"trigger {trigger}")],
    };

    private static Table WithoutIndex(this Table table, string? index) =>
        index is null ? table : table with { Indexes = [.. table.Indexes.Where(each => each.Name != index)] };

    private static Table WithoutConstraint(this Table table, string name)
    {
        var left = table with
        {
            PrimaryKey = table.PrimaryKey?.Name == name ? null : table.PrimaryKey,
            UniqueConstraints = [.. table.UniqueConstraints.Where(each => each.Name != name)],
            ForeignKeys = [.. table.ForeignKeys.Where(each => each.Name != name)],
            Checks = [.. table.Checks.Where(each => each.Name != name)],
            NotNulls = [.. table.NotNulls.Where(each => each.Name != name)],
        };
        return table.NotNulls.FirstOrDefault(each => each.Name == name) is { } dropped
            ? left.WithColumn(dropped.Column, column => column with { Nullable = true })
            : left;
    }

    private static Table WithConstraintRenamed(this Table table, string name, string newName) => table with
    {
        PrimaryKey = table.PrimaryKey?.Name == name ? table.PrimaryKey with { Name = newName } : table.PrimaryKey,
        UniqueConstraints = [.. table.UniqueConstraints.Select(each => each.Name == name ? each with { Name = newName } : each)],
        ForeignKeys = [.. table.ForeignKeys.Select(each => each.Name == name ? each with { Name = newName } : each)],
        Checks = [.. table.Checks.Select(each => each.Name == name ? each with { Name = newName } : each)],
        NotNulls = [.. table.NotNulls.Select(each => each.Name == name ? each with { Name = newName } : each)],
        Indexes = [.. table.Indexes.Select(each => each.Name == name ? each with { Name = newName } : each)],
    };

    private static Table WithConstraintValidated(this Table table, string name, bool validated)
    {
        var marked = table with
        {
            ForeignKeys = [.. table.ForeignKeys.Select(each => each.Name == name ? each with { Validated = validated } : each)],
            Checks = [.. table.Checks.Select(each => each.Name == name ? each with { Validated = validated } : each)],
            NotNulls = [.. table.NotNulls.Select(each => each.Name == name ? each with { Validated = validated } : each)],
        };
        return marked.NotNulls.FirstOrDefault(each => each.Name == name && each.Validated) is { } valid
            ? marked.WithColumn(valid.Column, column => column with { Nullable = false })
            : marked;
    }
}
