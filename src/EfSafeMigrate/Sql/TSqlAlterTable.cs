using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>ALTER TABLE</c> of Transact-SQL: one verb, and for ADD and DROP several elements.</summary>
internal static class TSqlAlterTable
{
    private static readonly string[] Attributes = ["PERSISTED", "ROWGUIDCOL", "NOT FOR REPLICATION", "SPARSE", "HIDDEN", "MASKED"];

    /// <param name="cursor">Behind <c>TABLE</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var table = cursor.Table();
        var check = cursor.TakeAny("WITH CHECK", "WITH NOCHECK");
        return cursor.Take("ADD") ? Add(cursor, table, check != "WITH NOCHECK")
            : cursor.Take("ALTER COLUMN") ? [Alter(cursor, table)]
            : cursor.Take("DROP") ? Drop(cursor, table)
            : cursor.TakeAny("CHECK CONSTRAINT", "NOCHECK CONSTRAINT") is { } toggle ? Toggle(cursor, table, toggle == "CHECK CONSTRAINT", check == "WITH CHECK")
            : cursor.TakeAny("ENABLE TRIGGER", "DISABLE TRIGGER") is { } trigger ? Triggers(cursor, table, trigger == "ENABLE TRIGGER")
            : [Option(cursor, table)];
    }

    private static List<Change> Add(Cursor cursor, TableName table, bool validated)
    {
        var changes = new List<Change>();
        var model = cursor.Model;
        foreach (var part in cursor.Parts())
        {
            part.Model = model;
            if (part.Take("PERIOD FOR SYSTEM_TIME"))
            {
                changes.Add(new SetTableOption(table, "ADD PERIOD FOR SYSTEM_TIME", part.Inside()));
            }
            else if (part.At("INDEX"))
            {
                part.Next();
                changes.Add(TSqlIndex.Element(part, table, column: null));
            }
            else if (TSqlConstraint.StandsHere(part))
            {
                changes.AddRange(TSqlConstraint.Read(part, table, validated) is { } constraint ? [constraint] : []);
            }
            else
            {
                if (part.At("COLUMN"))
                {
                    part.FailHere();
                }
                changes.Add(TSqlColumn.Read(part, table));
            }
            part.Done();
            if (!part.Ok)
            {
                return [];
            }
            model = model.After(changes[^1]);
        }
        return changes;
    }

    private static Change Alter(Cursor cursor, TableName table)
    {
        var name = cursor.Column(table);
        var old = cursor.ColumnOf(table, name);
        if (cursor.TakeAny("ADD", "DROP") is { } verb && cursor.TakeAny(Attributes) is { } attribute)
        {
            ColumnDefinition.SkipOptions(cursor);
            cursor.SkipRest();
            return new SetTableOption(table, $"{verb} {attribute}", null) { Column = name };
        }
        var now = (old ?? new Column(name, "", Nullable: true)) with { Type = TSqlColumn.Type(cursor), Nullable = true };
        if (cursor.Take("COLLATE"))
        {
            now = now with { Collation = cursor.Name() };
        }
        if (cursor.Take("MASKED"))
        {
            cursor.Need("WITH");
            cursor.Group();
        }
        cursor.Take("SPARSE");
        now = cursor.TakeAny("NOT NULL", "NULL") == "NOT NULL" ? now with { Nullable = false } : now;
        cursor.Take("SPARSE");
        return new AlterColumn(table, now, old) { Clause = "TYPE", Demanded = TSqlOptions.Read(cursor) };
    }

    private static List<Change> Drop(Cursor cursor, TableName table)
    {
        var changes = new List<Change>();
        var (model, kind) = (cursor.Model, "CONSTRAINT");
        foreach (var part in cursor.Parts())
        {
            part.Model = model;
            if (part.Take("PERIOD FOR SYSTEM_TIME"))
            {
                changes.Add(new SetTableOption(table, "DROP PERIOD FOR SYSTEM_TIME", null));
                continue;
            }
            kind = part.TakeAny("CONSTRAINT", "COLUMN", "INDEX") ?? kind;
            var ifExists = part.Take("IF EXISTS");
            changes.Add(kind switch
            {
                "COLUMN" => new DropColumn(table, part.Column(table)) { IfExists = ifExists },
                "INDEX" => new DropIndex(table, part.Name()) { IfExists = ifExists },
                _ => Constraint(part, table),
            });
            part.Done();
            model = model.After(changes[^1]);
        }
        return changes;
    }

    private static Change Constraint(Cursor cursor, TableName table)
    {
        var name = cursor.Name();
        var demanded = TSqlOptions.Read(cursor);
        var known = cursor.TableOf(table);
        if (Defaulted(known, name) is { } column)
        {
            return column.Default is null
                ? new OtherStatement("DROP DEFAULT", table)
                : new AlterColumn(table, column with { Default = null }, column) { Clause = "DROP DEFAULT" };
        }
        if (name.StartsWith(TSqlVariables.DefaultOf))
        {
            return new OtherStatement("DROP DEFAULT", table);
        }
        return Same(known?.PrimaryKey?.Name, name) ? new DropPrimaryKey(table, known!.PrimaryKey!.Name) { Demanded = demanded }
            : known?.ForeignKeys.FirstOrDefault(each => Same(each.Name, name)) is { } key ? new DropForeignKey(table, key.Name!)
            : known?.Checks.FirstOrDefault(each => Same(each.Name, name)) is { } check ? new DropCheckConstraint(table, check.Name!)
            : known?.UniqueConstraints.FirstOrDefault(each => Same(each.Name, name)) is { } unique ? new DropUniqueConstraint(table, unique.Name!) { Demanded = demanded }
            : new DropConstraint(table, name) { Demanded = demanded };
    }

    /// <summary>The column whose default the constraint is.</summary>
    private static Column? Defaulted(Table? table, string name) =>
        name.StartsWith(TSqlVariables.DefaultOf)
            ? table?.Columns.FirstOrDefault(column => Same(column.Name, name[1..]))
            : table?.Columns.FirstOrDefault(column => Same(column.Default?.Name, name));

    private static List<Change> Toggle(Cursor cursor, TableName table, bool enforced, bool validated)
    {
        var known = cursor.TableOf(table);
        var names = cursor.Take("ALL")
            ? [.. (known?.ForeignKeys.Select(key => key.Name) ?? []).Concat(known?.Checks.Select(check => check.Name) ?? []).OfType<string>()]
            : cursor.Parts().Select(part => part.Name()).ToArray();
        return names.Length == 0 ? [new OtherStatement(enforced ? "CHECK CONSTRAINT" : "NOCHECK CONSTRAINT", table)]
            : [.. names.Select(name => !enforced ? new AlterConstraint(table, name, "NOT ENFORCED")
                : validated ? (Change)new ValidateConstraint(table, name)
                : new AlterConstraint(table, name, "CHECK"))];
    }

    private static List<Change> Triggers(Cursor cursor, TableName table, bool enable)
    {
        var names = cursor.Take("ALL") ? cursor.TableOf(table)?.Triggers ?? [] : [.. cursor.Parts().Select(part => part.Name())];
        return names.Count == 0 ? [new ToggleTrigger(table, "ALL", enable)] : [.. names.Select(name => new ToggleTrigger(table, name, enable))];
    }

    private static SetTableOption Option(Cursor cursor, TableName table)
    {
        if (cursor.Take("SWITCH"))
        {
            TSqlIndex.Partition(cursor);
            cursor.Need("TO");
            var target = cursor.Table();
            TSqlIndex.Partition(cursor);
            TSqlOptions.Read(cursor);
            return new(table, "SWITCH", target.ToString());
        }
        if (cursor.Take("REBUILD"))
        {
            TSqlIndex.Partition(cursor);
            return new(table, "REBUILD", null) { Demanded = TSqlOptions.Read(cursor) };
        }
        if (cursor.TakeAny("ENABLE", "DISABLE") is { } verb)
        {
            return new(table, $"{verb} {cursor.Name().ToUpperInvariant()}", cursor.AtEnd ? null : cursor.Rest());
        }
        cursor.Need("SET");
        return new(table, "SET", cursor.Ok ? cursor.Inside() : null);
    }

    private static bool Same(string? left, string right) => right.Equals(left, StringComparison.OrdinalIgnoreCase);
}
