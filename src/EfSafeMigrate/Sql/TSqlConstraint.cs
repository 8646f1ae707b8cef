using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>Keys, references, checks and defaults of Transact-SQL, on a table or behind a column.</summary>
internal static class TSqlConstraint
{
    public static bool StandsHere(Cursor cursor) =>
        cursor.At("CONSTRAINT") || cursor.At("PRIMARY KEY") || cursor.At("FOREIGN KEY") || cursor.At("CHECK (") || cursor.At("CHECK NOT") || cursor.At("DEFAULT")
        || (cursor.At("UNIQUE") && cursor.Ahead(1) is var next && (next.Is("(") || next.Is("CLUSTERED") || next.Is("NONCLUSTERED")));

    /// <param name="cursor">At the constraint.</param>
    /// <param name="table">The table it belongs to.</param>
    /// <param name="validated">False under <c>WITH NOCHECK</c>.</param>
    public static Change? Read(Cursor cursor, TableName table, bool validated = true)
    {
        var name = cursor.Take("CONSTRAINT") ? cursor.Name() : null;
        if (cursor.Take("DEFAULT"))
        {
            var given = Default(cursor);
            cursor.Need("FOR");
            var column = cursor.Column(table);
            cursor.Take("WITH VALUES");
            var old = cursor.ColumnOf(table, column);
            var known = old ?? new Column(column, "", Nullable: true);
            return new AlterColumn(table, known with { Default = given is null ? null : given with { Name = name } }, old) { Clause = "SET DEFAULT" };
        }
        if (cursor.TakeAny("PRIMARY KEY", "UNIQUE") is { } kind)
        {
            return Keyed(cursor, table, kind, name, null);
        }
        if (cursor.Take("FOREIGN KEY"))
        {
            return References(cursor, table, cursor.Columns(table), name, validated);
        }
        if (cursor.Take("CHECK"))
        {
            return Check(cursor, table, name, validated);
        }
        cursor.FailHere();
        return null;
    }

    /// <summary>A constraint behind a column's type; null when none stands here.</summary>
    public static Change? ReadInline(Cursor cursor, TableName table, string column, string? name) =>
        cursor.TakeAny("PRIMARY KEY", "UNIQUE") is { } kind ? Keyed(cursor, table, kind, name, column)
        : cursor.Take("CHECK") ? Check(cursor, table, name, validated: true)
        : cursor.Take("FOREIGN KEY") || cursor.At("REFERENCES") ? References(cursor, table, [column], name, validated: true)
        : null;

    /// <summary>A value, or an expression that has the same one for every row or another for each.</summary>
    public static Default? Default(Cursor cursor)
    {
        var mark = cursor.Mark();
        if (cursor.Take("NEXT VALUE FOR"))
        {
            cursor.Qualified();
            return new(cursor.Since(mark), Constant: false);
        }
        var sql = cursor.Until(TSqlNames.AfterType);
        return sql.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : new(sql, IsLiteral(cursor.Read(mark)));
    }

    private static bool IsLiteral(Cursor value)
    {
        value.Enter();
        if (value.TakeAny("CAST", "CONVERT") == "CAST")
        {
            var inside = value.Group();
            var literal = inside.Next().Kind is TokenKind.Text or TokenKind.Number;
            return literal && inside.At("AS") && value.AtEnd;
        }
        if (value.At("("))
        {
            var inside = value.Group();
            return value.AtEnd && IsLiteral(inside);
        }
        _ = value.TakeAny("-", "+");
        return !value.AtEnd && value.Next().Kind is TokenKind.Text or TokenKind.Number && value.AtEnd;
    }

    private static Change Keyed(Cursor cursor, TableName table, string kind, string? name, string? column)
    {
        var clustered = cursor.TakeAny("CLUSTERED", "NONCLUSTERED");
        cursor.Take("HASH");
        IReadOnlyList<string> columns = column is null || cursor.At("(") ? cursor.Columns(table) : [column];
        var key = new Key(name, columns) { Clustered = clustered is null ? null : clustered == "CLUSTERED" };
        var demanded = TSqlOptions.Read(cursor);
        return kind == "UNIQUE" ? new AddUniqueConstraint(table, key) { Demanded = demanded } : new AddPrimaryKey(table, key) { Demanded = demanded };
    }

    private static AddCheckConstraint Check(Cursor cursor, TableName table, string? name, bool validated)
    {
        cursor.Take("NOT FOR REPLICATION");
        return new(table, new(name, cursor.Inside()) { Validated = validated });
    }

    private static AddForeignKey References(Cursor cursor, TableName table, IReadOnlyList<string> columns, string? name, bool validated)
    {
        cursor.Need("REFERENCES");
        var principal = cursor.Table();
        var principalColumns = cursor.At("(") ? cursor.Columns(principal) : cursor.TableOf(principal)?.PrimaryKey?.Columns ?? [];
        string? onDelete = null;
        while (cursor.TakeAny("ON DELETE", "ON UPDATE", "NOT FOR REPLICATION") is { } clause)
        {
            if (clause != "NOT FOR REPLICATION")
            {
                var action = cursor.TakeAny("NO ACTION", "SET NULL", "SET DEFAULT", "CASCADE");
                onDelete = clause == "ON DELETE" ? action : onDelete;
            }
        }
        return new(table, new(name, columns, principal, principalColumns) { Validated = validated, OnDelete = onDelete });
    }
}
