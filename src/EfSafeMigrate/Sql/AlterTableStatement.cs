using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>ALTER TABLE</c>: one change per action.</summary>
internal static class AlterTableStatement
{
    /// <param name="cursor">Behind <c>TABLE</c>.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        if (cursor.Dialect.WholeColumns)
        {
            return MySqlAlterTable.Read(cursor);
        }
        cursor.Take("IF EXISTS");
        cursor.Take("ONLY");
        var table = cursor.Table();
        cursor.Take("*");
        if (cursor.At("RENAME TO") && cursor.TableOf(table) is null && cursor.TableOfIndex(table.Name) is { } owner)
        {
            cursor.Take("RENAME TO");
            return [new RenameIndex(owner, table.Name, cursor.Name()) { ThroughTable = true }];
        }
        var changes = new List<Change>();
        var model = cursor.Model;
        // PostgreSQL drops first, whatever the order in the text: a check dropped beside SET NOT NULL no longer spares the scan.
        foreach (var action in cursor.Parts().OrderBy(part => cursor.Dialect.DropsFirst && IsDrop(part) ? 0 : 1))
        {
            action.Model = model;
            var change = Action(action, table);
            action.Done();
            if (!action.Ok || change is null)
            {
                return [];
            }
            changes.Add(change);
            model = model.After(change);
        }
        return changes.Count == 1 ? changes : [.. changes.Select((change, at) => change with { Beside = [.. changes.Where((_, other) => other != at)] })];
    }

    private static bool IsDrop(Cursor part)
    {
        var ahead = part.Fork();
        if (ahead.Take("ALTER"))
        {
            ahead.Take("COLUMN");
            ahead.Next();
        }
        return ahead.At("DROP");
    }

    private static Change? Action(Cursor cursor, TableName table) =>
        cursor.Take("ADD") ? Add(cursor, table)
        : cursor.Take("DROP") ? Drop(cursor, table)
        : cursor.Take("RENAME") ? Rename(cursor, table)
        : cursor.Take("VALIDATE CONSTRAINT") ? new ValidateConstraint(table, cursor.Name())
        : cursor.Take("ALTER CONSTRAINT") ? new AlterConstraint(table, cursor.Name(), cursor.Rest().ToUpperInvariant())
        : cursor.Take("ALTER") ? AlterColumnAction.Read(cursor, table)
        : cursor.Take("ATTACH PARTITION") ? Attach(cursor, table)
        : cursor.Take("DETACH PARTITION") ? Detach(cursor, table)
        : cursor.Take("SET SCHEMA") ? new RenameTable(table, new(cursor.Name(), table.Name))
        : TableOptionAction.Read(cursor, table);

    private static Change? Add(Cursor cursor, TableName table)
    {
        if (!cursor.Take("COLUMN") && TableConstraint.StandsHere(cursor))
        {
            return TableConstraint.Read(cursor, table);
        }
        var ifNotExists = cursor.Take("IF NOT EXISTS");
        return ColumnDefinition.Read(cursor, table) with { IfNotExists = ifNotExists };
    }

    private static Change Drop(Cursor cursor, TableName table)
    {
        var constraint = cursor.Take("CONSTRAINT");
        if (!constraint)
        {
            cursor.Take("COLUMN");
        }
        var ifExists = cursor.Take("IF EXISTS");
        var name = constraint ? cursor.Name() : cursor.Column(table);
        var cascade = cursor.TakeAny("CASCADE", "RESTRICT") == "CASCADE";
        return constraint
            ? DropConstraint(cursor, table, name, cascade)
            : new DropColumn(table, name) { Cascade = cascade, IfExists = ifExists };
    }

    private static Change DropConstraint(Cursor cursor, TableName table, string name, bool cascade)
    {
        var known = cursor.TableOf(table);
        return known?.PrimaryKey?.Name == name ? new DropPrimaryKey(table, name) { Cascade = cascade }
            : known?.ForeignKeys.Any(each => each.Name == name) == true ? new DropForeignKey(table, name)
            : known?.Checks.Any(each => each.Name == name) == true ? new DropCheckConstraint(table, name)
            : known?.UniqueConstraints.Any(each => each.Name == name) == true ? new DropUniqueConstraint(table, name) { Cascade = cascade }
            : new DropConstraint(table, name) { Cascade = cascade };
    }

    private static Change Rename(Cursor cursor, TableName table)
    {
        if (cursor.Take("TO"))
        {
            return new RenameTable(table, new(table.Schema, cursor.Name()));
        }
        var constraint = cursor.Take("CONSTRAINT");
        if (!constraint)
        {
            cursor.Take("COLUMN");
        }
        var name = constraint ? cursor.Name() : cursor.Column(table);
        cursor.Need("TO");
        var newName = cursor.Name();
        return constraint ? new RenameConstraint(table, name, newName) : new RenameColumn(table, name, newName);
    }

    private static AttachPartition Attach(Cursor cursor, TableName table)
    {
        var partition = cursor.Table();
        if (cursor.Take("DEFAULT"))
        {
            return new(table, partition) { IsDefault = true };
        }
        cursor.Need("FOR VALUES");
        return new(table, partition) { Bounds = cursor.Rest() };
    }

    private static DetachPartition Detach(Cursor cursor, TableName table)
    {
        var partition = cursor.Table();
        return new(table, partition, cursor.TakeAny("CONCURRENTLY", "FINALIZE") is not null);
    }
}
