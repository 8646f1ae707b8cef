using System.Text;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>The same SQL as somebody else writes it: other tables' names, quotes, capitals, white space, comments and line endings.</summary>
internal sealed partial class Disguise
{
    private static readonly string[][] Names =
    [
        ["parcels_2", "zq", "t1", "items9", "boxes", "crates"],
        ["Sales Orders", "Kunden", "T", "lineItems", "ÄÖ", "Été"],
        ["order", "user", "table", "select", "index", "primary"],
        ["a.b", "c-d", "1st", "x;y", "--z", "dro\u0070 table"],
        ["archive_of_everything", "an_equally_long_name", "third_long_name", "f4", "f5", "f6"],
    ];

    private static readonly string[] Spaces = [" ", "  ", "\n", "\t", "\r\n", "\n\n    ", " /* a; DROP TABLE b; */ ", " /* it's */ ", " -- \"c\n", "/**/", "\f "];

    private readonly SqlDialect dialect;
    private readonly Random random;
    private readonly HashSet<string> names;
    private readonly Dictionary<string, string> tables;
    private readonly Regex? renamed;

    /// <param name="sql">Everything the names occur in: the schema, then what is judged.</param>
    public Disguise(SqlDialect dialect, string sql, int seed)
    {
        this.dialect = dialect;
        random = new(seed);
        var comparer = dialect.FoldsNames ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
        var read = StatementReader.ReadEach(sql, dialect, DatabaseModel.Empty).ToList();
        var known = read.SelectMany(each => each.After.Tables).ToList();
        names = known.SelectMany(Inside).Concat(read.SelectMany(each => each.Changes).Select(change => change.TargetColumn).OfType<string>())
            .Where(name => !Keywords().IsMatch(name)).ToHashSet(comparer);
        var chosen = Names[seed % (Names.Length + 1) % Names.Length];
        var roots = known.Select(table => table.Name.Name).Distinct(comparer).Where(name => !Keywords().IsMatch(name)).OrderBy(name => name.Length).ToList();
        // orders_old is named after orders, and is renamed with it.
        roots = seed % (Names.Length + 1) == Names.Length ? [] : [.. roots.Where(name => !roots.Any(root => root.Length < name.Length && Occurrence(root).IsMatch(name))).Take(chosen.Length)];
        tables = roots.Zip(chosen).ToDictionary(pair => pair.First, pair => pair.Second, comparer);
        renamed = roots.Count == 0 ? null : Occurrence(string.Join('|', roots.OrderByDescending(name => name.Length).Select(Regex.Escape)), escape: false);
    }

    public string Write(string sql)
    {
        var script = Tokenizer.Read(sql, dialect);
        if (script.Tokens.Count == 0)
        {
            return sql;
        }
        var written = new StringBuilder(script.Tokens[0].Offset == 0 ? Pick("", "", "\n", "\uFEFF", "-- first\r\n") : sql[..script.Tokens[0].Offset]);
        for (var i = 0; i < script.Tokens.Count; i++)
        {
            var token = script.Tokens[i];
            if (i > 0)
            {
                written.Append(Gap(sql[script.Tokens[i - 1].End..token.Offset], script.Tokens[i - 1], token));
            }
            written.Append(Token(token));
        }
        var last = script.Tokens[^1];
        var rest = sql[last.End..];
        return written.Append(rest.Trim().Length > 0 || dialect.ClientDelimiters ? rest : last.Is(";") ? Pick("", ";", "\n;\n", " -- last") : Pick("", ";", ";;", "\n-- last", "\r\n")).ToString();
    }

    private string Token(Token token) => token.Kind switch
    {
        TokenKind.Text when token.Raw[0] == '$' => Body(token.Raw),
        TokenKind.Text => renamed?.Replace(token.Raw, match => InText(token.Raw, match)) ?? token.Raw,
        TokenKind.QuotedName => Renamed(token.Unquoted()) is var name && name == token.Unquoted() && dialect.FoldsNames ? token.Raw : Quoted(name),
        TokenKind.Word => Word(token.Raw),
        _ => token.Raw,
    };

    private string Word(string word)
    {
        var name = dialect.FoldsNames ? word.ToLowerInvariant() : word;
        var fresh = Renamed(name);
        if (fresh != name && (!Simple().IsMatch(fresh) || Keywords().IsMatch(fresh)))
        {
            return Quoted(fresh);
        }
        // On MySQL the case of a table's name can matter to the server.
        var keepsCase = fresh != name || (dialect.ClientDelimiters && names.Contains(name));
        return names.Contains(name) && random.Next(2) == 0 ? Quoted(fresh) : keepsCase ? fresh : Recased(fresh == name ? word : fresh);
    }

    private string Recased(string word) => random.Next(4) switch
    {
        0 => word.ToUpperInvariant(),
        1 => word.ToLowerInvariant(),
        2 => string.Concat(word.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))),
        _ => word,
    };

    private string Body(string raw)
    {
        var tag = raw[..(raw.IndexOf('$', 1) + 1)];
        return tag + Write(raw[tag.Length..^tag.Length]) + tag;
    }

    /// <summary>Inside a string that may itself be SQL, or a name the server parses.</summary>
    private string InText(string raw, Match match)
    {
        var fresh = Renamed(match.Value);
        var quoted = match.Index > 0 && raw[match.Index - 1] is '"' or '`' or '[';
        return Simple().IsMatch(fresh) || quoted ? fresh : dialect.ClientDelimiters ? $"`{fresh}`" : $"\"{fresh}\"";
    }

    private string Renamed(string name) => renamed is null ? name : renamed.Replace(name, match => tables[match.Value]);

    private string Quoted(string name) =>
        dialect.BracketNames && !name.Contains(']', StringComparison.Ordinal) && random.Next(2) == 0 ? $"[{name}]"
        : dialect.BacktickNames && (dialect.TextInDoubleQuotes || random.Next(2) == 0) ? $"`{name.Replace("`", "``", StringComparison.Ordinal)}`"
        : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string Gap(string gap, Token left, Token right)
    {
        // A comment, a delimiter, strings that continue each other, a batch separator on its own line.
        if (gap.Trim().Length > 0 || (left.Kind == TokenKind.Text && right.Kind == TokenKind.Text)
            || left.Kind == TokenKind.Terminator || right.Kind == TokenKind.Terminator || left.Is("GO") || right.Is("GO") || left.Is("#"))
        {
            return gap;
        }
        var punctuated = IsPunctuation(left) || IsPunctuation(right) && !right.Is("(");
        return gap.Length > 0
            ? punctuated && random.Next(3) == 0 ? "" : Pick(Spaces)
            : punctuated && random.Next(3) == 0 ? Pick(Spaces) : "";
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];

    private static bool IsPunctuation(Token token) => token.Is(",") || token.Is("(") || token.Is(")") || token.Is(";");

    private static IEnumerable<string> Inside(Table table) =>
    [
        table.Name.Name,
        .. table.Columns.Select(column => column.Name),
        .. table.Indexes.Select(index => index.Name),
        .. table.Checks.Select(check => check.Name).Concat(table.ForeignKeys.Select(key => key.Name))
            .Concat(table.UniqueConstraints.Append(table.PrimaryKey).Select(key => key?.Name)).OfType<string>(),
    ];

    private static Regex Occurrence(string name, bool escape = true) =>
        new($@"(?<![\p{{L}}0-9])(?:{(escape ? Regex.Escape(name) : name)})(?![\p{{L}}0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex("^[a-z_][a-z0-9_]*$")]
    private static partial Regex Simple();

    /// <summary>Words that are something else than a name where they stand without quotes.</summary>
    [GeneratedRegex("^(?:order|user|table|select|index|primary|key|date|time|timestamp|text|json|name|status|type|value|values|total|kind|year|left|right|lower|upper|id_seq|position|data)$", RegexOptions.IgnoreCase)]
    private static partial Regex Keywords();
}
