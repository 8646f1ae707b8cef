using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Keys, checks and exclusions, on a table or inline on a column.</summary>
internal static class TableConstraint
{
    public static bool StandsHere(Cursor cursor) =>
        cursor.At("CONSTRAINT") || cursor.At("PRIMARY KEY") || cursor.At("FOREIGN KEY") || cursor.At("CHECK (")
        || cursor.At("UNIQUE (") || cursor.At("UNIQUE USING") || cursor.At("UNIQUE NULLS")
        || cursor.At("EXCLUDE USING") || cursor.At("EXCLUDE (") || cursor.At("NOT NULL");

    public static Change? Read(Cursor cursor, TableName table)
    {
        var name = cursor.Take("CONSTRAINT") ? cursor.Name() : null;
        if (cursor.Take("PRIMARY KEY"))
        {
            SkipIndexName(cursor);
            var (key, index) = Key(cursor, table, name);
            return Keyed(cursor, new AddPrimaryKey(table, key, index));
        }
        if (cursor.Take("UNIQUE"))
        {
            _ = cursor.TakeAny("NULLS NOT DISTINCT", "NULLS DISTINCT");
            name = SkipIndexName(cursor) ?? name;
            var (key, index) = Key(cursor, table, name);
            return Keyed(cursor, new AddUniqueConstraint(table, key, index));
        }
        if (cursor.Take("FOREIGN KEY"))
        {
            var index = SkipIndexName(cursor);
            name ??= index;
            return References(cursor, table, cursor.Columns(table), name);
        }
        if (cursor.Take("CHECK"))
        {
            return Check(cursor, table, name, column: null);
        }
        if (cursor.Take("NOT NULL"))
        {
            var column = cursor.Column(table);
            return new AddNotNullConstraint(table, name, column, !SkipAttributes(cursor).NotValid);
        }
        if (cursor.Take("EXCLUDE"))
        {
            // NOT VALID is refused here by the engine; the words are read all the same.
            var text = cursor.Rest();
            return new AddExclusionConstraint(table, name) { Validated = !text.TrimEnd().EndsWith("NOT VALID", StringComparison.OrdinalIgnoreCase) };
        }
        cursor.FailHere();
        return null;
    }

    /// <summary><c>UNIQUE KEY name</c>, <c>FOREIGN KEY name</c>: what MySQL lets stand in front of the columns.</summary>
    private static string? SkipIndexName(Cursor cursor)
    {
        if (!cursor.Dialect.WholeColumns)
        {
            return null;
        }
        _ = cursor.TakeAny("INDEX", "KEY");
        cursor.Take("IF NOT EXISTS");
        var name = cursor.At("(") || cursor.At("USING") ? null : cursor.Name();
        if (cursor.Take("USING"))
        {
            cursor.Name();
        }
        return name;
    }

    /// <summary>A constraint behind a column's type; null when none stands here.</summary>
    public static Change? ReadInline(Cursor cursor, TableName table, string column, string? name)
    {
        if (cursor.Take("UNIQUE"))
        {
            _ = cursor.TakeAny("NULLS NOT DISTINCT", "NULLS DISTINCT");
            SkipStorage(cursor);
            var key = Keyed(cursor, new AddUniqueConstraint(table, new(name, [column])));
            SkipAttributes(cursor);
            return key;
        }
        return cursor.Take("CHECK") ? Check(cursor, table, name, column)
            : cursor.At("REFERENCES") && References(cursor, table, [column], name) is var add ? add with { ForeignKey = add.ForeignKey with { Inline = true } }
            : null;
    }

    public static AddPrimaryKey Keyed(Cursor cursor, AddPrimaryKey add) => add with
    {
        Key = add.Key with { Name = add.Key.Name ?? add.Index ?? Auto(cursor, add.Table, [], "pkey") },
    };

    private static AddUniqueConstraint Keyed(Cursor cursor, AddUniqueConstraint add) => add with
    {
        Key = add.Key with { Name = add.Key.Name ?? add.Index ?? Auto(cursor, add.Table, add.Key.Columns, "key") },
    };

    /// <summary>Skips what may trail a constraint and says what it decides.</summary>
    public static (bool NotValid, bool NotEnforced) SkipAttributes(Cursor cursor)
    {
        var (notValid, notEnforced) = (false, false);
        while (cursor.TakeAny(
            "NOT VALID", "NOT ENFORCED", "ENFORCED", "NOT DEFERRABLE", "DEFERRABLE", "INITIALLY DEFERRED", "INITIALLY IMMEDIATE",
            "NO INHERIT") is { } words)
        {
            notValid |= words == "NOT VALID";
            notEnforced |= words == "NOT ENFORCED";
        }
        ColumnDefinition.SkipConflictClause(cursor);
        return (notValid, notEnforced);
    }

    private static (Key Key, string? Index) Key(Cursor cursor, TableName table, string? name)
    {
        if (cursor.Take("USING INDEX"))
        {
            var index = cursor.Name();
            SkipAttributes(cursor);
            var known = cursor.TableOf(table)?.Indexes.FirstOrDefault(each => each.Name == index);
            return (new(name, known?.Columns ?? []), index);
        }
        var columns = cursor.Columns(table);
        if (cursor.Dialect.WholeColumns)
        {
            MySqlIndex.Options(cursor);
        }
        SkipStorage(cursor);
        SkipAttributes(cursor);
        return (new(name, columns), null);
    }

    private static void SkipStorage(Cursor cursor)
    {
        if (cursor.Take("INCLUDE"))
        {
            cursor.Group();
        }
        if (cursor.Take("WITH"))
        {
            cursor.Group();
        }
        if (cursor.Take("USING INDEX TABLESPACE"))
        {
            cursor.Name();
        }
    }

    private static AddCheckConstraint Check(Cursor cursor, TableName table, string? name, string? column)
    {
        var sql = cursor.Inside();
        var (notValid, notEnforced) = SkipAttributes(cursor);
        var mentioned = column ?? cursor.TableOf(table)?.Columns.Select(each => each.Name).Where(each => sql.Mentions(each)).ToArray() switch
        {
            [var single] => single,
            _ => null,
        };
        name ??= Auto(cursor, table, mentioned is null ? [] : [mentioned], "check");
        return new(table, new(name, sql) { Validated = !notValid && !notEnforced }) { NotEnforced = notEnforced };
    }

    private static AddForeignKey References(Cursor cursor, TableName table, IReadOnlyList<string> columns, string? name)
    {
        cursor.Need("REFERENCES");
        var principal = cursor.Table();
        var principalColumns = cursor.At("(")
            ? cursor.Columns(principal)
            : cursor.TableOf(principal)?.PrimaryKey?.Columns ?? [];
        string? onDelete = null;
        while (cursor.TakeAny("ON DELETE", "ON UPDATE", "MATCH") is { } clause)
        {
            var action = cursor.TakeAny("NO ACTION", "SET NULL", "SET DEFAULT") ?? cursor.Next().Raw.ToUpperInvariant();
            onDelete = clause == "ON DELETE" ? action : onDelete;
            ColumnDefinition.SkipOptions(cursor);
        }
        var (notValid, notEnforced) = SkipAttributes(cursor);
        var foreignKey = new ForeignKey(name ?? Auto(cursor, table, columns, "fkey"), columns, principal, principalColumns)
        {
            Validated = !notValid && !notEnforced,
            OnDelete = onDelete,
        };
        return new(table, foreignKey) { NotEnforced = notEnforced };
    }

    private static string? Auto(Cursor cursor, TableName table, IReadOnlyList<string> columns, string suffix) =>
        cursor.Dialect.NamesConstraints ? PostgresNames.Constraint(table.Name, string.Join('_', columns), suffix) : null;
}
