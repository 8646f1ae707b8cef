using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>A column as Transact-SQL writes it: type or computation, then attributes in any order.</summary>
internal static class TSqlColumn
{
    private static readonly string[] TwoWords = ["VARYING", "PRECISION"];

    public static AddColumn Read(Cursor cursor, TableName table)
    {
        var name = cursor.Name();
        if (cursor.Take("AS"))
        {
            return Computed(cursor, table, name);
        }
        var add = new AddColumn(table, new Column(name, Type(cursor), Nullable: true));
        // The server writes a number of its own into every row.
        add = add.Column.Type == "rowversion" ? add with { Column = add.Column with { Identity = true } } : add;
        while (!cursor.AtEnd)
        {
            add = Attribute(cursor, add);
        }
        return add;
    }

    public static string Type(Cursor cursor)
    {
        var name = cursor.Name().ToLowerInvariant();
        while (cursor.Take("."))
        {
            name = $"{name}.{cursor.Name()}";
        }
        if (name is "sys")
        {
            name = cursor.Name().ToLowerInvariant();
        }
        if (name == "national")
        {
            name += $" {cursor.Name().ToLowerInvariant()}";
        }
        if (cursor.TakeAny(TwoWords) is { } second)
        {
            name += $" {second.ToLowerInvariant()}";
        }
        name = name.StartsWith("sys.", StringComparison.Ordinal) ? name["sys.".Length..] : name;
        return TSqlNames.TypeAliases.GetValueOrDefault(name, name) + cursor.Arguments().ToLowerInvariant();
    }

    private static AddColumn Computed(Cursor cursor, TableName table, string name)
    {
        var mark = cursor.Mark();
        var sql = cursor.At("(") ? cursor.Inside() : cursor.Until(TSqlNames.AfterType);
        if (!cursor.AtEnd && !cursor.AtAny(TSqlNames.AfterType))
        {
            cursor.Until(TSqlNames.AfterType);
            sql = cursor.Since(mark);
        }
        var add = new AddColumn(table, new Column(name, "", Nullable: true) { ComputedSql = sql, Stored = cursor.Take("PERSISTED") });
        while (!cursor.AtEnd)
        {
            add = Attribute(cursor, add);
        }
        return add;
    }

    private static AddColumn Attribute(Cursor cursor, AddColumn add)
    {
        var column = add.Column;
        var name = cursor.Take("CONSTRAINT") ? cursor.Name() : null;
        if (cursor.TakeAny("NOT NULL", "NULL") is { } nullable)
        {
            return add with { Column = column with { Nullable = nullable == "NULL" } };
        }
        if (cursor.Take("DEFAULT"))
        {
            var given = TSqlConstraint.Default(cursor);
            return add with { Column = column with { Default = given is null ? null : given with { Name = name } }, FillsRows = cursor.Take("WITH VALUES") };
        }
        if (cursor.Take("IDENTITY"))
        {
            ColumnDefinition.SkipOptions(cursor);
            return add with { Column = column with { Identity = true, Nullable = false } };
        }
        if (cursor.Take("COLLATE"))
        {
            return add with { Column = column with { Collation = cursor.Name() } };
        }
        if (cursor.TakeAny("GENERATED ALWAYS AS") is not null)
        {
            _ = cursor.TakeAny("ROW START", "ROW END", "TRANSACTION_ID START", "TRANSACTION_ID END", "SEQUENCE_NUMBER START", "SEQUENCE_NUMBER END");
            return add;
        }
        if (cursor.TakeAny("MASKED", "ENCRYPTED") is not null)
        {
            cursor.Need("WITH");
            cursor.Group();
            return add;
        }
        if (cursor.TakeAny("SPARSE", "ROWGUIDCOL", "FILESTREAM", "HIDDEN", "NOT FOR REPLICATION", "PERSISTED") is not null)
        {
            return add;
        }
        if (TSqlConstraint.ReadInline(cursor, add.Table, column.Name, name) is { } inline)
        {
            return add with { Column = inline is AddPrimaryKey ? column with { Nullable = false } : column, Inline = [.. add.Inline, inline] };
        }
        if (cursor.Take("INDEX"))
        {
            return add with { Inline = [.. add.Inline, TSqlIndex.Element(cursor, add.Table, column.Name)] };
        }
        cursor.FailHere();
        return add;
    }
}
