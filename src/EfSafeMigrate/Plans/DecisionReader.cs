using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>Reads <c>--rename</c>, <c>--no-rename</c>, <c>--fill</c> and <c>--using</c>. Names may hold dots, so a value is split where table and column exist.</summary>
internal sealed class DecisionReader(DatabaseModel source, DatabaseModel target)
{
    public Decisions Read(IEnumerable<string> renames, IEnumerable<string> separate, IEnumerable<string> fills, IEnumerable<string> usings)
    {
        var decisions = new Decisions([.. renames.Select(Rename)], [.. separate.Select(Separate)], [.. fills.Select(Fill)]);
        return decisions with { Usings = [.. usings.Select(value => Using(value, decisions))] };
    }

    private RenameColumn Rename(string value)
    {
        var (column, fresh) = Halves("--rename", value, "Table.Old=New");
        var (table, old) = Place("--rename", column, source);
        return target.Find(table)?.Column(fresh) is not null
            ? new(table, old, fresh)
            : throw new SafeMigrateException($"`--rename {value}`: the new model has no column {fresh} in {table}.", "write --rename Table.Old=New with the names of the database");
    }

    private (TableName Table, string Column) Separate(string value) => Place("--no-rename", value, source);

    private (TableName Table, string Column, string Sql) Fill(string value)
    {
        var (column, sql) = Halves("--fill", value, "Table.Column=SQL");
        // A column that is dropped gets its default by the same flag.
        var (table, name) = Places(column, target) is [var place, ..] ? place : Place("--fill", column, source);
        return (table, name, sql);
    }

    private (TableName Table, string Column, string Sql) Using(string value, Decisions decisions)
    {
        var (column, sql) = Halves("--using", value, "Table.Column=SQL");
        var (table, name) = Places(column, target) is [var place, ..] ? place : Place("--using", column, source);
        return decisions.Renames.Any(rename => rename.Table.Matches(table) && (rename.NewName == name || rename.Name == name))
            ? (table, name, sql)
            : throw new SafeMigrateException($"`--using {value}`: {table}.{name} is not renamed.", $"say as well --rename \"{table}.Old=New\" with the names before and after");
    }

    private static (string Left, string Right) Halves(string flag, string value, string form)
    {
        var at = value.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < value.Length - 1
            ? (value[..at].Trim(), value[(at + 1)..].Trim())
            : throw new SafeMigrateException($"`{flag} {value}` has no value behind `=`.", $"write {flag} {form}");
    }

    private static (TableName Table, string Column) Place(string flag, string value, DatabaseModel model)
    {
        var places = Places(value, model);
        return places.Count > 0
            ? places[0]
            : throw new SafeMigrateException($"`{flag} {value}` names no column of the {(flag == "--fill" ? "model" : "last migration")}.", "write Table.Column with the names of the database");
    }

    private static IReadOnlyList<(TableName Table, string Column)> Places(string value, DatabaseModel model) =>
    [
        .. from table in model.Tables
           from column in table.Columns
           where value == $"{table.Name}.{column.Name}" || value == $"{table.Name.Name}.{column.Name}"
           select (table.Name, column.Name),
    ];
}
