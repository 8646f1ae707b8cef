using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary><c>SELECT</c>, <c>VALUES</c> and what follows <c>WITH</c>.</summary>
internal static class QueryStatement
{
    public static readonly FrozenSet<string> Writes = Names.Set("INSERT UPDATE DELETE MERGE");
    private static readonly FrozenSet<string> IntoEnds = Names.Set("INTO");

    /// <param name="cursor">At the query's first word.</param>
    public static IReadOnlyList<Change> Read(Cursor cursor)
    {
        var call = cursor.Fork();
        call.Take("SELECT");
        if (Routine.Call(call) is { } ran)
        {
            cursor.SkipRest();
            return ran;
        }
        Functions.Check(cursor.Fork());
        if (SetConfig(cursor.Fork()) is { } setting && cursor.Ok)
        {
            cursor.SkipRest();
            return [setting];
        }
        if (!cursor.InBlock && cursor.At("SELECT") && Into(cursor.Fork()) is { } create)
        {
            cursor.SkipRest();
            return [create];
        }
        cursor.SkipRest();
        return [new OtherStatement("SELECT", null)];
    }

    /// <summary>Where a query changes no setting and calls nothing that could: it reads, or makes a table of what it reads.</summary>
    /// <param name="cursor">Behind <c>SELECT</c>.</param>
    public static IReadOnlyList<Change> Selected(Cursor cursor)
    {
        var create = Into(cursor.Fork());
        cursor.SkipRest();
        return create is null ? [new OtherStatement("SELECT", null)] : [create];
    }

    /// <param name="cursor">Behind <c>WITH</c>.</param>
    public static IReadOnlyList<Change> With(Cursor cursor)
    {
        cursor.Take("RECURSIVE");
        var changes = new List<Change>();
        var named = new List<TableName>();
        do
        {
            named.Add(new(null, cursor.Name()));
            ColumnDefinition.SkipOptions(cursor);
            cursor.Need("AS");
            _ = cursor.TakeAny("NOT MATERIALIZED", "MATERIALIZED");
            var body = cursor.Group();
            if (body.AtAny(Writes) || body.At("WITH"))
            {
                changes.AddRange(StatementFamilies.Read(body).Where(change => change is not OtherStatement));
            }
            else
            {
                Functions.Check(body);
            }
            if (cursor.TakeAny("SEARCH", "CYCLE") is not null)
            {
                cursor.Until(Names.Set("SELECT INSERT UPDATE DELETE MERGE ,"));
            }
        }
        while (cursor.Take(","));
        return [.. changes, .. StatementFamilies.Read(cursor).Select(change => change is InsertRows insert
            ? insert with { From = [.. insert.From.Except(named)] }
            : change)];
    }

    private static SetSetting? SetConfig(Cursor cursor)
    {
        cursor.Take("SELECT");
        cursor.Take("pg_catalog .");
        if (!cursor.Take("set_config"))
        {
            return null;
        }
        var arguments = cursor.Group().Parts();
        return cursor.AtEnd && arguments is [{ Current.Kind: TokenKind.Text } name, { Current.Kind: TokenKind.Text } value, var local]
            ? new(name.Text(), value.Text(), local.At("TRUE"))
            : null;
    }

    private static CreateTable? Into(Cursor cursor)
    {
        var from = TableReferences.In(cursor.Fork());
        cursor.Until(IntoEnds);
        if (!cursor.Take("INTO"))
        {
            return null;
        }
        var temporary = cursor.TakeAny("TEMPORARY", "TEMP") is not null;
        _ = cursor.TakeAny("UNLOGGED", "TABLE");
        return new(new Table(cursor.Qualified(), [])) { From = from, Temporary = temporary };
    }
}
