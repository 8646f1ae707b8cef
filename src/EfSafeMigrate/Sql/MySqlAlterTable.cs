using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>ALTER TABLE</c> of MySQL and MariaDB. All actions are carried out as one, so each change knows the others.</summary>
internal static class MySqlAlterTable
{
    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    /// <param name="cursor">Behind <c>TABLE</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        cursor.Take("IF EXISTS");
        var table = cursor.Table();
        var demanded = MySqlClauses.Read(cursor);
        var changes = new List<Change>();
        var model = cursor.Model;
        foreach (var action in cursor.Parts())
        {
            action.Model = model;
            if (MySqlClauses.Read(action) is { } asked)
            {
                demanded = new(asked.Algorithm ?? demanded?.Algorithm, asked.Lock ?? demanded?.Lock);
            }
            foreach (var change in action.AtEnd ? [] : Action(action, table))
            {
                changes.Add(change);
                model = model.After(change);
            }
            action.Done();
            if (!action.Ok)
            {
                return [];
            }
        }
        return [.. changes.Select((change, at) => change with { Action = at, Demanded = demanded, Beside = [.. changes.Where((_, other) => other != at)] })];
    }

    private static IReadOnlyList<Change> Action(Cursor cursor, TableName table) =>
        cursor.Take("ADD") ? Add(cursor, table)
        : cursor.Take("DROP") ? [Drop(cursor, table)]
        : cursor.Take("MODIFY") ? Modify(cursor, table)
        : cursor.Take("CHANGE") ? Change(cursor, table)
        : cursor.Take("RENAME") ? [Rename(cursor, table)]
        : cursor.Take("ALTER") ? Alter(cursor, table)
        : [.. MySqlTableOption.Read(cursor, table)];

    private static IReadOnlyList<Change> Add(Cursor cursor, TableName table)
    {
        if (cursor.TakeAny("SYSTEM VERSIONING", "PARTITION", "PERIOD FOR") is { } option)
        {
            return [new SetTableOption(table, $"ADD {option}", cursor.AtEnd ? null : cursor.Rest())];
        }
        if (!cursor.At("COLUMN") && MySqlIndex.StandsHere(cursor))
        {
            return [MySqlIndex.Element(cursor, table)];
        }
        if (!cursor.Take("COLUMN") && TableConstraint.StandsHere(cursor))
        {
            return TableConstraint.Read(cursor, table) is { } constraint ? [constraint] : [];
        }
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        return cursor.At("(")
            ? [.. cursor.Group().Parts().Select(part => MySqlColumn.Read(part, table) with { IfNotExists = ifNotExists })]
            : [MySqlColumn.Read(cursor, table) with { IfNotExists = ifNotExists }];
    }

    private static Change Drop(Cursor cursor, TableName table)
    {
        if (cursor.Take("PRIMARY KEY"))
        {
            return new DropPrimaryKey(table, cursor.TableOf(table)?.PrimaryKey?.Name);
        }
        if (cursor.TakeAny("SYSTEM VERSIONING", "PARTITION", "PERIOD FOR") is { } option)
        {
            return new SetTableOption(table, $"DROP {option}", cursor.AtEnd ? null : cursor.Rest());
        }
        var kind = cursor.TakeAny("INDEX", "KEY", "FOREIGN KEY", "CHECK", "CONSTRAINT", "COLUMN");
        var ifExists = cursor.Take("IF EXISTS");
        var name = kind is null or "COLUMN" ? cursor.Column(table) : cursor.Name();
        _ = cursor.TakeAny("RESTRICT", "CASCADE");
        return kind switch
        {
            "INDEX" or "KEY" => MySqlIndex.Dropped(cursor, table, name, ifExists),
            "FOREIGN KEY" => new DropForeignKey(table, name),
            "CHECK" => new DropCheckConstraint(table, name),
            "CONSTRAINT" => Constraint(cursor, table, name),
            _ => new DropColumn(table, name) { IfExists = ifExists },
        };
    }

    private static Change Constraint(Cursor cursor, TableName table, string name)
    {
        var known = cursor.TableOf(table);
        return known?.ForeignKeys.Any(each => each.Name == name) == true ? new DropForeignKey(table, name)
            : known?.Checks.Any(each => each.Name == name) == true ? new DropCheckConstraint(table, name)
            : known?.UniqueConstraints.Any(each => each.Name == name) == true ? new DropUniqueConstraint(table, name)
            : new DropConstraint(table, name);
    }

    private static IReadOnlyList<Change> Modify(Cursor cursor, TableName table)
    {
        cursor.Take("COLUMN");
        cursor.Take("IF EXISTS");
        var name = cursor.Column(table);
        return [.. Altered(MySqlColumn.Definition(cursor, table, name), cursor.ColumnOf(table, name), "MODIFY")];
    }

    private static IReadOnlyList<Change> Change(Cursor cursor, TableName table)
    {
        cursor.Take("COLUMN");
        cursor.Take("IF EXISTS");
        var name = cursor.Column(table);
        var old = cursor.ColumnOf(table, name);
        var definition = MySqlColumn.Read(cursor, table);
        var renamed = definition.Column.Name != name;
        var before = old is null ? null : old with { Name = definition.Column.Name };
        IReadOnlyList<Change> altered = renamed && before == definition.Column ? [] : [.. Altered(definition, before, "CHANGE")];
        return renamed ? [new RenameColumn(table, name, definition.Column.Name), .. altered] : altered;
    }

    private static IEnumerable<Change> Altered(AddColumn definition, Column? old, string clause) =>
        definition.Inline.Prepend(new AlterColumn(definition.Table, definition.Column, old) { Clause = clause, Position = definition.Position });

    private static Change Rename(Cursor cursor, TableName table)
    {
        if (cursor.Take("COLUMN"))
        {
            var column = cursor.Column(table);
            cursor.Need("TO");
            return new RenameColumn(table, column, cursor.Name());
        }
        if (cursor.TakeAny("INDEX", "KEY") is not null)
        {
            var index = cursor.Name();
            cursor.Need("TO");
            return new RenameIndex(table, index, cursor.Name());
        }
        _ = cursor.TakeAny("TO", "AS", "=");
        return new RenameTable(table, cursor.Qualified());
    }

    private static IReadOnlyList<Change> Alter(Cursor cursor, TableName table)
    {
        if (cursor.TakeAny("INDEX", "KEY") is not null)
        {
            var index = cursor.Name();
            return [new SetTableOption(table, $"ALTER INDEX {index}", cursor.Rest().ToUpperInvariant())];
        }
        if (cursor.TakeAny("CHECK", "CONSTRAINT") is not null)
        {
            return [new AlterConstraint(table, cursor.Name(), cursor.Rest().ToUpperInvariant())];
        }
        cursor.Take("COLUMN");
        cursor.Take("IF EXISTS");
        var name = cursor.Column(table);
        var old = cursor.ColumnOf(table, name);
        var known = old ?? new Column(name, "", Nullable: true);
        if (cursor.Take("SET DEFAULT"))
        {
            return [new AlterColumn(table, known with { Default = cursor.Default(Nothing) }, old) { Clause = "SET DEFAULT" }];
        }
        if (cursor.TakeAny("SET VISIBLE", "SET INVISIBLE") is { } shown)
        {
            return [new SetTableOption(table, shown, null) { Column = name }];
        }
        cursor.Need("DROP DEFAULT");
        return [new AlterColumn(table, known with { Default = null }, old) { Clause = "DROP DEFAULT" }];
    }
}
