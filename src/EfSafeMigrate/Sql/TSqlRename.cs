using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>sp_rename</c>: the first argument is a name written as in SQL, the second the new name as it is.</summary>
internal static class TSqlRename
{
    public static IReadOnlyList<Change> Read(Cursor cursor, IReadOnlyList<Argument> arguments)
    {
        var (old, name) = (Of(arguments, 0, "@objname"), Of(arguments, 1, "@newname"));
        if (old is null || name is null)
        {
            cursor.Fail("`sp_rename` is given names that are put together at run time");
            return [];
        }
        var names = Split(cursor, old);
        return Of(arguments, 2, "@objtype")?.ToUpperInvariant() switch
        {
            "COLUMN" when names.Count > 1 => [Column(cursor, names, name)],
            "INDEX" when names.Count > 1 => [new RenameIndex(Table(cursor, names, 1), names[^1], name)],
            "USERDATATYPE" or "STATISTICS" => [new OtherStatement("EXEC", null)],
            "DATABASE" => [new AlterDatabase($"sp_rename {old}, {name}")],
            _ => [Object(cursor, names, name)],
        };
    }

    private static RenameColumn Column(Cursor cursor, IReadOnlyList<string> names, string name)
    {
        var table = Table(cursor, names, 1);
        return new(table, cursor.ColumnOf(table, names[^1])?.Name ?? names[^1], name);
    }

    /// <summary>A constraint that the model knows, or else a table.</summary>
    private static Change Object(Cursor cursor, IReadOnlyList<string> names, string name)
    {
        var table = Table(cursor, names, 0);
        if (cursor.TableOf(table) is null
            && cursor.Model.Tables.FirstOrDefault(each => Constraints(each).Contains(names[^1], StringComparer.OrdinalIgnoreCase)) is { } owner)
        {
            return new RenameConstraint(owner.Name, names[^1], name);
        }
        return new RenameTable(table, new(table.Schema, name));
    }

    private static IEnumerable<string> Constraints(Table table) =>
        table.UniqueConstraints.Append(table.PrimaryKey).Select(key => key?.Name)
            .Concat(table.ForeignKeys.Select(key => key.Name)).Concat(table.Checks.Select(check => check.Name)).Concat(table.Columns.Select(column => column.Default?.Name))
            .OfType<string>();

    private static TableName Table(Cursor cursor, IReadOnlyList<string> names, int behind)
    {
        var name = new TableName(names.Count > behind + 1 ? names[^(behind + 2)] : null, names[^(behind + 1)]);
        return cursor.TableOf(name)?.Name ?? name;
    }

    private static List<string> Split(Cursor cursor, string text)
    {
        var names = new List<string>();
        var body = cursor.Body(text);
        while (!body.AtEnd)
        {
            names.Add(body.Name());
            body.Take(".");
        }
        return names.Count == 0 ? [text] : names;
    }

    private static string? Of(IReadOnlyList<Argument> arguments, int at, string name) =>
        (arguments.FirstOrDefault(argument => name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase))
            ?? (arguments.ElementAtOrDefault(at) is { Name: null } placed ? placed : null))?.Value;
}
