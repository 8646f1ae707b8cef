using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// The two procedures that the provider Pomelo puts around a change of the primary key. They build their ALTER TABLE at run time, but
/// what it is follows from the table: the number is taken off the key's column, and any integer key gets one.
/// </summary>
internal static class PomeloProcedure
{
    private const string Before = "POMELO_BEFORE_DROP_PRIMARY_KEY";
    private const string After = "POMELO_AFTER_ADD_PRIMARY_KEY";

    /// <param name="cursor">Behind the procedure's name.</param>
    /// <param name="name">The procedure.</param>
    /// <returns>Null when it is another procedure, or the table is not known.</returns>
    public static IReadOnlyList<Change>? Call(Cursor cursor, string name)
    {
        var isBefore = name.Equals(Before, StringComparison.OrdinalIgnoreCase);
        if ((!isBefore && !name.Equals(After, StringComparison.OrdinalIgnoreCase)) || !cursor.At("("))
        {
            return null;
        }
        var arguments = cursor.Fork().Group().Parts().Select(part => part.Current.Kind == TokenKind.Text ? part.Text() : null).ToArray();
        if (arguments is not [var schema, { } table, ..] || cursor.Model.Find(new(schema, table)) is not { } known)
        {
            return null;
        }
        cursor.Group();
        var numbered = isBefore
            ? known.Columns.FirstOrDefault(column => column.Identity && known.PrimaryKey?.Columns.Contains(column.Name) == true)
            : known.Columns.FirstOrDefault(column => column.Name == arguments.ElementAtOrDefault(2) && known.PrimaryKey?.Columns.Contains(column.Name) == true && IsInteger(column));
        return numbered is null || numbered.Identity == !isBefore
            ? [new OtherStatement("DO", known.Name)]
            : [new AlterColumn(known.Name, new(numbered.Name, numbered.Type, Nullable: false) { Identity = !isBefore }, numbered) { Clause = "CALL" }];
    }

    private static bool IsInteger(Column column) => column.Type.Contains("int", StringComparison.OrdinalIgnoreCase);
}
