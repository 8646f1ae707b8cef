using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>CREATE TABLE</c> in all its forms. The definition is what its elements make of an empty table.</summary>
internal static class CreateTableStatement
{
    /// <param name="cursor">Behind <c>TABLE</c>.</param>
    /// <param name="temporary">Written with <c>TEMPORARY</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor, bool temporary)
    {
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        var name = cursor.Qualified();
        var create = cursor.Take("PARTITION OF") ? Partition(cursor, name) : new CreateTable(new Table(name, []));
        if (cursor.Take("OF"))
        {
            cursor.Qualified();
        }
        if (cursor.At("(") && !IsColumnListOfQuery(cursor))
        {
            var like = cursor.Fork().Group().Parts().Where(part => part.Take("LIKE")).Select(part => part.Table()).ToArray();
            create = Elements(cursor.Group(), create) with { Like = like };
        }
        create = create with { IfNotExists = ifNotExists, Temporary = temporary };
        return [Options(cursor, create)];
    }

    private static CreateTable Partition(Cursor cursor, TableName name)
    {
        var parent = cursor.Table();
        var known = cursor.TableOf(parent);
        var definition = new Table(name, known?.Columns ?? []) { PartitionOf = parent, Checks = known?.Checks ?? [] };
        if (cursor.At("("))
        {
            definition = PartitionElements(cursor.Group(), definition);
        }
        if (cursor.Take("DEFAULT"))
        {
            return new(definition with { DefaultPartition = true }) { PartitionOf = parent };
        }
        cursor.Need("FOR VALUES");
        cursor.Until(Names.Set("PARTITION WITH TABLESPACE USING"));
        return new(definition) { PartitionOf = parent };
    }

    // A partition's elements restate columns of the parent without their type, so only constraints add something.
    private static Table PartitionElements(Cursor elements, Table definition)
    {
        foreach (var part in elements.Parts())
        {
            if (TableConstraint.StandsHere(part) && TableConstraint.Read(part, definition.Name) is { } constraint)
            {
                definition = definition.After(constraint);
            }
            part.SkipRest();
        }
        return definition;
    }

    private static CreateTable Elements(Cursor elements, CreateTable create)
    {
        if (elements.AtEnd)
        {
            return create;
        }
        var (definition, repeated) = (create.Definition, (string?)null);
        foreach (var part in elements.Parts())
        {
            // A comma may be missing between a column and a constraint on SQLite; the words then read as the column's own.
            if (part.Take("LIKE"))
            {
                definition = Like(part, definition);
            }
            else if (part.Dialect.Batches)
            {
                definition = TSqlTable.Element(part, definition);
            }
            else if (part.Dialect.WholeColumns && MySqlIndex.StandsHere(part))
            {
                part.Model = part.Model with { Tables = [.. part.Model.Tables, definition] };
                definition = definition.After(MySqlIndex.Element(part, definition.Name));
            }
            else if (TableConstraint.StandsHere(part))
            {
                part.Model = part.Model with { Tables = [.. part.Model.Tables, definition] };
                definition = TableConstraint.Read(part, definition.Name) is { } constraint ? definition.After(constraint) : definition;
            }
            else
            {
                var column = ColumnDefinition.Read(part, definition.Name);
                repeated ??= definition.Columns.FirstOrDefault(each => part.Dialect.Same(each.Name, column.Column.Name))?.Name;
                definition = definition.After(column);
            }
            part.Done();
        }
        return create with { Definition = definition, Repeated = repeated };
    }

    private static Table Like(Cursor part, Table definition)
    {
        var source = part.TableOf(part.Table());
        var options = part.AtEnd ? "" : part.Rest().ToUpperInvariant();
        var all = options.Contains("INCLUDING ALL", StringComparison.Ordinal);
        var columns = (source?.Columns ?? []).Select(column => all ? column : column with { Default = null, Identity = false });
        return definition with { Columns = [.. definition.Columns, .. columns], Checks = all ? source?.Checks ?? [] : [] };
    }

    private static bool IsColumnListOfQuery(Cursor cursor)
    {
        var ahead = cursor.Fork();
        ahead.Group();
        return ahead.At("AS");
    }

    private static CreateTable Options(Cursor cursor, CreateTable create)
    {
        if (cursor.Dialect.Batches)
        {
            TSqlTable.SkipOptions(cursor);
            return create;
        }
        while (!cursor.AtEnd)
        {
            if (cursor.Dialect.WholeColumns && MySqlTableOption.One(cursor, create.Table) is { } option)
            {
                create = create with { Definition = create.Definition.After(option) };
                continue;
            }
            if (cursor.Dialect.WholeColumns && cursor.Take("PARTITION BY"))
            {
                cursor.SkipRest();
            }
            else if (cursor.Dialect.WholeColumns && cursor.Take("LIKE"))
            {
                var source = cursor.Table();
                create = create with { Definition = (cursor.TableOf(source) ?? new(source, [])) with { Name = create.Table }, Like = [source] };
            }
            else if (cursor.Take("PARTITION BY"))
            {
                create = create with { Definition = create.Definition with { Kind = TableKind.Partitioned } };
                cursor.Name();
                cursor.Group();
            }
            else if (cursor.TakeAny("INHERITS", "WITH") is not null)
            {
                ColumnDefinition.SkipOptions(cursor);
            }
            else if (cursor.TakeAny("USING", "TABLESPACE") is not null)
            {
                cursor.Name();
            }
            else if (cursor.TakeAny(
                "ON COMMIT DROP", "ON COMMIT PRESERVE ROWS", "ON COMMIT DELETE ROWS", "WITHOUT OIDS", "WITHOUT ROWID", "STRICT", ",") is null)
            {
                return Query(cursor, create);
            }
        }
        return create;
    }

    private static CreateTable Query(Cursor cursor, CreateTable create)
    {
        ColumnDefinition.SkipOptions(cursor);
        if (!cursor.Dialect.WholeColumns || !cursor.At("SELECT"))
        {
            cursor.Need("AS");
        }
        Functions.Check(cursor.Fork());
        var from = TableReferences.In(cursor.Fork());
        cursor.SkipRest();
        return create with { From = from };
    }
}
