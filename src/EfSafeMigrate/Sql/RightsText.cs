using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>A statement about rights or ownership of which names alone are known at run time only: whoever they name, it does nothing else.</summary>
internal static class RightsText
{
    private const string Unknown = "%I";

    /// <param name="cursor">Behind <c>EXECUTE</c>, at <c>format('…', …)</c>.</param>
    /// <returns>Null when something else stands here.</returns>
    public static IReadOnlyList<Change>? Read(Cursor cursor)
    {
        var ahead = cursor.Fork();
        if (ahead.Take("pg_catalog"))
        {
            ahead.Take(".");
        }
        if (!ahead.Take("format") || ahead.Group().Parts() is not [var first, ..] || !ahead.AtEnd || first.Current.Kind != TokenKind.Text)
        {
            return null;
        }
        var text = first.Text();
        if (!first.AtEnd || text.Replace("%%", "", StringComparison.Ordinal).Replace(Unknown, "", StringComparison.Ordinal).Contains('%', StringComparison.Ordinal))
        {
            return null;
        }
        var named = string.Join('%', text.Split("%%").Select(part => part.Replace(Unknown, $"\"{Unknown}\"", StringComparison.Ordinal)));
        var body = ahead.Body(named);
        var changes = StatementReader.Read(named, cursor.Dialect, body.Model);
        return changes.Count > 0 && changes.All(change => change is OtherStatement { Verb: "GRANT" or "REVOKE" or "ALTER VIEW" })
            ? [.. changes.Cast<OtherStatement>().Select(change => change.On is { } on && (on.Name == Unknown || on.Schema == Unknown) ? change with { On = null } : change)]
            : null;
    }
}
