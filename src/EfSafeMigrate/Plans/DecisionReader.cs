using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Reads <c>--rename</c>, <c>--no-rename</c>, <c>--fill</c> and <c>--using</c>. Names may hold dots, so a value is split where table and column exist.</summary>
/// <param name="tables">What was decided of tables; <paramref name="source"/> knows those by their new names.</param>
internal sealed class DecisionReader(DatabaseModel source, DatabaseModel target, Decisions tables)
{
    public DecisionReader(DatabaseModel source, DatabaseModel target) : this(source, target, Decisions.None)
    {
    }

    /// <summary>What the values say of whole tables; the others are about columns.</summary>
    public Decisions ReadTables(IEnumerable<string> renames, IEnumerable<string> separate) => Decisions.None with
    {
        Tables = [.. renames.Select(RenameOfTable).OfType<RenameTable>()],
        SeparateTables = [.. separate.Where(value => Places(value, source).Count == 0).Select(value => Table(value, source)).OfType<TableName>()],
    };

    public Decisions Read(IEnumerable<string> renames, IEnumerable<string> separate, IEnumerable<string> fills, IEnumerable<string> usings)
    {
        var decisions = tables with
        {
            Renames = [.. renames.Where(value => !tables.Tables.Any(rename => Calls(value, rename.Table, rename.NewName))).Select(Rename)],
            Separate = [.. separate.Where(value => !tables.SeparateTables.Any(table => Calls(value, table))).Select(Separate)],
            Fills = [.. fills.Select(Fill)],
        };
        var said = usings.Select(value => (Value: value, Read: Using(value))).ToList();
        decisions = decisions with { Usings = [.. said.Select(each => each.Read)] };
        var groups = ColumnGroups.Of(source, target, decisions);
        foreach (var (value, (table, name, _)) in said)
        {
            if (!groups.Any(group => group.Has(table, name)) && !decisions.Renames.Any(rename => rename.Table.Matches(table) && (rename.NewName == name || rename.Name == name)))
            {
                throw new SafeMigrateException(
                    $"`--using {value}`: {table}.{name} is not renamed.",
                    $"say as well --rename \"{table}.Old=New\" with the names before and after, or name the columns in it whose values {name} is made of");
            }
        }
        // One column that goes for one that comes is a rename, once both ways are said.
        return decisions with
        {
            Renames =
            [
                .. decisions.Renames,
                .. groups.Where(group => group is { Old.Count: 1, New.Count: 1 } && said.Count(each => group.Has(each.Read.Table, each.Read.Column)) > 1)
                    .Select(group => new RenameColumn(group.Table, group.Old[0], group.New[0])),
            ],
        };
    }

    private RenameTable? RenameOfTable(string value)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && Table(value[..at].Trim(), source) is { } old && Table(value[(at + 1)..].Trim(), target) is { } fresh ? new(old, fresh) : null;
    }

    private static TableName? Table(string value, DatabaseModel model) => model.Tables.FirstOrDefault(table => Calls(value, table.Name))?.Name;

    private static bool Calls(string value, TableName table) => value == table.ToString() || value == table.Name;

    private static bool Calls(string value, TableName old, TableName fresh)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && Calls(value[..at].Trim(), old) && Calls(value[(at + 1)..].Trim(), fresh);
    }

    private RenameColumn Rename(string value)
    {
        var (column, fresh) = Halves("--rename", value, "Table.Old=New");
        if (Places(column, source).Count == 0 && Table(column, source) is not null)
        {
            throw new SafeMigrateException($"`--rename {value}`: the new model has no table {fresh}.", "write --rename Old=New with the names of the database");
        }
        var (table, old) = Place("--rename", column, source);
        return target.Find(table)?.Column(fresh) is not null
            ? new(table, old, fresh)
            : throw new SafeMigrateException($"`--rename {value}`: the new model has no column {fresh} in {table}.", "write --rename Table.Old=New, or --rename Old=New for a table, with the names of the database");
    }

    private (TableName Table, string Column) Separate(string value) => Place("--no-rename", value, source);

    private (TableName Table, string Column, string Sql) Fill(string value)
    {
        var (column, sql) = Halves("--fill", value, "Table.Column=SQL");
        // A column that is dropped gets its default by the same flag.
        var (table, name) = Places(column, target) is [var place, ..] ? place : Place("--fill", column, source);
        return (table, name, sql);
    }

    private (TableName Table, string Column, string Sql) Using(string value)
    {
        var (column, sql) = Halves("--using", value, "Table.Column=SQL");
        var (table, name) = Places(column, target) is [var place, ..] ? place : Place("--using", column, source);
        return (table, name, sql);
    }

    private static (string Left, string Right) Halves(string flag, string value, string form)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < value.Length - 1
            ? (value[..at].Trim(), value[(at + 1)..].Trim())
            : throw new SafeMigrateException($"`{flag} {value}` has no value behind `=`.", $"write {flag} {form}");
    }

    private (TableName Table, string Column) Place(string flag, string value, DatabaseModel model)
    {
        var places = Places(value, model);
        return places.Count > 0
            ? places[0]
            : throw new SafeMigrateException($"`{flag} {value}` names no column of the {(flag == "--fill" ? "model" : "last migration")}.", "write Table.Column with the names of the database");
    }

    private IReadOnlyList<(TableName Table, string Column)> Places(string value, DatabaseModel model) => Places(value, model, NamesOf);

    /// <summary>The columns that a value may mean, with their table's schema or without.</summary>
    public static IReadOnlyList<(TableName Table, string Column)> Places(string value, DatabaseModel model, Func<TableName, IEnumerable<TableName>>? names = null) =>
    [
        .. from table in model.Tables
           from column in table.Columns
           where (names?.Invoke(table.Name) ?? [table.Name]).Any(name => value == $"{name}.{column.Name}" || value == $"{name.Name}.{column.Name}")
           select (table.Name, column.Name),
    ];

    private IEnumerable<TableName> NamesOf(TableName table) => tables.Tables.Where(rename => rename.NewName == table).Select(rename => rename.Table).Prepend(table);
}
