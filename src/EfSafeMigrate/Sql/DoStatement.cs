using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>DO $$ … $$</c>: the statements inside, conditions and loops left out.</summary>
internal static class DoStatement
{
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var language = cursor.Take("LANGUAGE") ? cursor.Name() : null;
        var inside = cursor.Current.Inside;
        var body = cursor.Text();
        language ??= cursor.Take("LANGUAGE") ? cursor.Name() : "plpgsql";
        if (!language.Equals("plpgsql", StringComparison.OrdinalIgnoreCase))
        {
            cursor.Fail($"the block is written in `{language}`");
        }
        return cursor.Ok ? Routine.Run(cursor.Body(body, inside)) : [];
    }
}
