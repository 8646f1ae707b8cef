using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>A column as MySQL and MariaDB write it: type, then attributes in any order, then its place among the others.</summary>
internal static class MySqlColumn
{
    public static AddColumn Read(Cursor cursor, TableName table) => Definition(cursor, table, cursor.Column(table));

    /// <param name="cursor">Behind the name.</param>
    /// <param name="table">The table the column stands in.</param>
    /// <param name="name">The column's name.</param>
    public static AddColumn Definition(Cursor cursor, TableName table, string name)
    {
        var type = Type(cursor);
        var add = new AddColumn(table, new Column(name, type, Nullable: true));
        if (type == "serial")
        {
            add = add with
            {
                Column = new Column(name, "bigint unsigned", Nullable: false) { Identity = true },
                Inline = [new AddUniqueConstraint(table, new(name, [name]))],
            };
        }
        while (!cursor.AtEnd)
        {
            add = Attribute(cursor, add);
        }
        return add;
    }

    private static string Type(Cursor cursor)
    {
        var name = cursor.Name().ToLowerInvariant();
        if (name == "national")
        {
            name = cursor.Name().ToLowerInvariant();
        }
        if (cursor.TakeAny("PRECISION", "VARYING") is { } second)
        {
            name += $" {second.ToLowerInvariant()}";
        }
        name = MySqlNames.TypeAliases.GetValueOrDefault(name, name) + cursor.Arguments();
        var unsigned = false;
        while (cursor.TakeAny("UNSIGNED", "SIGNED", "ZEROFILL") is { } sign)
        {
            unsigned |= sign != "SIGNED";
        }
        return unsigned ? $"{name} unsigned" : name;
    }

    private static AddColumn Attribute(Cursor cursor, AddColumn add)
    {
        if (cursor.Take("FIRST"))
        {
            return add with { Position = "FIRST" };
        }
        if (cursor.Take("AFTER"))
        {
            return add with { Position = $"AFTER {cursor.Column(add.Table)}" };
        }
        if (Plain(cursor, add.Column) is { } column)
        {
            return add with { Column = column };
        }
        var name = cursor.Take("CONSTRAINT") && !cursor.At("CHECK") ? cursor.Name() : null;
        if (cursor.TakeAny("PRIMARY KEY", "KEY") is not null)
        {
            return add with
            {
                Column = add.Column with { Nullable = false },
                Inline = [.. add.Inline, new AddPrimaryKey(add.Table, new(null, [add.Column.Name]))],
            };
        }
        var unique = cursor.At("UNIQUE");
        if (TableConstraint.ReadInline(cursor, add.Table, add.Column.Name, name) is not { } inline)
        {
            cursor.FailHere();
            return add;
        }
        _ = unique && cursor.Take("KEY");
        return add with { Inline = [.. add.Inline, inline is AddUniqueConstraint key ? key with { Key = key.Key with { Name = add.Column.Name } } : inline] };
    }

    private static Column? Plain(Cursor cursor, Column column)
    {
        if (cursor.TakeAny("NOT NULL", "NULL") is { } nullable)
        {
            return column with { Nullable = nullable == "NULL" };
        }
        if (cursor.Take("DEFAULT"))
        {
            return column with { Default = cursor.Default(MySqlNames.AfterType) };
        }
        if (cursor.Take("AUTO_INCREMENT"))
        {
            return column with { Identity = true, Nullable = false };
        }
        if (cursor.Take("COMMENT"))
        {
            return column with { Comment = cursor.Text() };
        }
        if (cursor.Take("COLLATE"))
        {
            return column with { Collation = Word(cursor) };
        }
        if (cursor.TakeAny("CHARACTER SET", "CHARSET") is not null)
        {
            return column with { Charset = Word(cursor) };
        }
        if (cursor.TakeAny("GENERATED ALWAYS AS", "AS") is not null)
        {
            return column with { ComputedSql = cursor.Inside(), Stored = cursor.TakeAny("STORED", "PERSISTENT", "VIRTUAL") is "STORED" or "PERSISTENT" };
        }
        if (cursor.Take("ON UPDATE"))
        {
            var given = cursor.Next().Raw;
            ColumnDefinition.SkipOptions(cursor);
            return column with { OnUpdate = given };
        }
        if (cursor.TakeAny("COLUMN_FORMAT", "STORAGE", "SRID", "REF_SYSTEM_ID") is not null)
        {
            cursor.Take("=");
            cursor.Next();
            return column;
        }
        var skipped = cursor.TakeAny("INVISIBLE", "VISIBLE", "ASCII", "UNICODE", "BINARY", "COMPRESSED", "WITH SYSTEM VERSIONING", "WITHOUT SYSTEM VERSIONING");
        return skipped is null ? null : column;
    }

    private static string Word(Cursor cursor) =>
        (cursor.Current.Kind == TokenKind.Text ? cursor.Text() : cursor.Name()).ToLowerInvariant();
}
