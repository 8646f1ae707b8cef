namespace EfSafeMigrate.Changes;

/// <summary>Moves a schema on by one change: what reaches beyond one table is here, the rest in <see cref="TableEvolution"/>.</summary>
internal static class Evolution
{
    public static DatabaseModel After(this DatabaseModel model, Change change) => change switch
    {
        CreateTable create => model.Create(create),
        DropTable drop => model.Drop(drop.Table, drop.Cascade),
        RenameTable rename => model.Move(rename.Table, rename.NewName),
        CreateView create => model.Drop(create.View, cascade: false).Add(new(create.View, [])
        {
            Kind = create.Materialized ? TableKind.MaterializedView : TableKind.View,
            Sql = create.Sql,
        }),
        DropView drop => model.Drop(drop.View, cascade: false),
        DropColumn drop => model.WithoutColumn(drop),
        RenameColumn rename => model.WithColumnRenamed(rename),
        DropPrimaryKey { Cascade: true } drop => model.WithoutReferencesTo(drop.Table).ChangeTable(drop.Table, drop),
        AttachPartition attach => model.Change(
            attach.Partition, table => table with { PartitionOf = attach.Table, DefaultPartition = attach.IsDefault }),
        DetachPartition detach =>
            model.Change(detach.Partition, table => table with { PartitionOf = null, DefaultPartition = false }),
        DropIndex drop => model.ChangeTable(model.OwnerOf(drop.Name, drop.Table), drop),
        RenameIndex rename => model.ChangeTable(model.OwnerOf(rename.Name, rename.Table), rename),
        OtherStatement { On: { } table, Text: not null } policy => model.Change(table, each => each.After(policy)),
        TableChange about => model.ChangeTable(about.Table, about),
        RenameSchema rename => model.Tables
            .Where(table => table.Name.Schema == rename.Name)
            .Aggregate(model, (moved, table) => moved.Move(table.Name, new(rename.NewName, table.Name.Name)))
            .ChangeEnums(type => type.Schema == rename.Name, type => type with { Schema = rename.NewName }),
        DropSchema drop => model.Tables
            .Where(table => table.Name.Schema == drop.Name)
            .Aggregate(model, (left, table) => left.Drop(table.Name, cascade: true)) with
        {
            Enums = [.. model.Enums.Where(type => type.Schema != drop.Name)],
        },
        CreateFunction create => model with
        {
            Functions = [.. model.Functions.Where(known => known.Name != create.Name), new(create.Name, create.Volatile, create.Sql) { Body = create.Body }],
        },
        HoldText { Value: { } text } held => model with { Texts = [.. model.Texts.Where(known => known.Name != held.Name), new(held.Name, text)] },
        CreateDomain create => model with { Domains = [.. model.Domains, create.Domain] },
        AlterDomain { Check: not null } alter => model with
        {
            Domains = [.. model.Domains.Select(domain => domain.Name == alter.Name ? domain with { Constrained = true } : domain)],
        },
        CreateEnum create => model with { Enums = [.. model.Enums, create.Type] },
        AddEnumValue add => model.ChangeEnums(
            type => type.Name == add.Type && !type.Values.Contains(add.Value),
            type => type with { Values = [.. type.Values, add.Value] }),
        RenameEnumValue rename => model.ChangeEnums(
            type => type.Name == rename.Type,
            type => type with { Values = [.. type.Values.Select(value => value == rename.Value ? rename.NewValue : value)] }),
        DropDatabase => DatabaseModel.Empty,
        _ => model,
    };

    // On MySQL two tables can have an index of the same name, and the statement says which it means.
    private static TableName? OwnerOf(this DatabaseModel model, string index, TableName? said) =>
        said is not null && model.Find(said) is { } table && table.Indexes.Any(each => each.Name == index) ? table.Name
        : model.IndexOwner(index)?.Name ?? said;

    private static DatabaseModel Create(this DatabaseModel model, CreateTable create) =>
        create.IfNotExists && model.Find(create.Table) is not null
            ? model
            : model.Add(create.Definition with { PartitionOf = create.PartitionOf ?? create.Definition.PartitionOf });

    private static DatabaseModel Add(this DatabaseModel model, Table table) => model with { Tables = [.. model.Tables, table] };

    // Without CASCADE the engine refuses a drop that would orphan keys, or (SQLite) leaves the keys in place for the table's successor.
    private static DatabaseModel Drop(this DatabaseModel model, TableName name, bool cascade)
    {
        if (model.Find(name) is not { } table)
        {
            return model;
        }
        var left = cascade ? model.WithoutReferencesTo(name) : model;
        return left with { Tables = [.. left.Tables.Where(each => each.Name != table.Name && each.PartitionOf != table.Name)] };
    }

    private static DatabaseModel WithoutReferencesTo(this DatabaseModel model, TableName name) =>
        model.ChangeForeignKeys(name, foreignKey => null);

    private static DatabaseModel Move(this DatabaseModel model, TableName name, TableName newName)
    {
        if (model.Find(name) is not { } table)
        {
            return model;
        }
        var repointed = model.ChangeForeignKeys(name, foreignKey => foreignKey with { Principal = newName });
        return repointed with
        {
            Tables =
            [
                .. repointed.Tables.Select(each =>
                    each.Name == table.Name ? each with { Name = newName }
                    : each.PartitionOf == table.Name ? each with { PartitionOf = newName }
                    : each),
            ],
        };
    }

    private static DatabaseModel WithoutColumn(this DatabaseModel model, DropColumn drop) =>
        model
            .ChangeForeignKeys(drop.Table, foreignKey => foreignKey.PrincipalColumns.Contains(drop.Name) ? null : foreignKey)
            .ChangeTable(drop.Table, drop);

    private static DatabaseModel WithColumnRenamed(this DatabaseModel model, RenameColumn rename) =>
        model
            .ChangeForeignKeys(rename.Table, foreignKey => foreignKey with
            {
                PrincipalColumns = [.. foreignKey.PrincipalColumns.Select(name => name == rename.Name ? rename.NewName : name)],
            })
            .ChangeTable(rename.Table, rename);

    /// <summary>Changes the foreign keys that point to a table; null drops one.</summary>
    private static DatabaseModel ChangeForeignKeys(
        this DatabaseModel model, TableName principal, Func<ForeignKey, ForeignKey?> change)
    {
        var target = model.Find(principal)?.Name;
        return target is null ? model : model with
        {
            Tables =
            [
                .. model.Tables.Select(table => table with
                {
                    ForeignKeys =
                    [
                        .. table.ForeignKeys
                            .Select(foreignKey => model.Find(foreignKey.Principal)?.Name == target ? change(foreignKey) : foreignKey)
                            .OfType<ForeignKey>(),
                    ],
                }),
            ],
        };
    }

    /// <summary>Applies a change to a table and, where partitions follow their parent, to its partitions.</summary>
    private static DatabaseModel ChangeTable(this DatabaseModel model, TableName? name, Change change)
    {
        if (name is null || model.Find(name) is not { } target)
        {
            return model;
        }
        var changed = model.Change(target.Name, table => table.After(change));
        return change is AddColumn or DropColumn or RenameColumn or AlterColumn or AddCheckConstraint or DropCheckConstraint
            ? model.Tables
                .Where(table => table.PartitionOf == target.Name && table.Name != target.Name)
                .Aggregate(changed, (done, partition) => done.Change(partition.Name, table => table.After(change)))
            : changed;
    }

    private static DatabaseModel Change(this DatabaseModel model, TableName name, Func<Table, Table> change)
    {
        var target = model.Find(name);
        return target is null
            ? model
            : model with { Tables = [.. model.Tables.Select(table => ReferenceEquals(table, target) ? change(table) : table)] };
    }

    private static DatabaseModel ChangeEnums(
        this DatabaseModel model, Func<EnumType, bool> which, Func<EnumType, EnumType> change) =>
        model with { Enums = [.. model.Enums.Select(type => which(type) ? change(type) : type)] };
}
