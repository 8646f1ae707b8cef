using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>
/// Which values a new column type cannot hold. A predicate that never throws counts them and names the rows;
/// where there is none the conversion itself is tried, and its error is the answer.
/// </summary>
internal static partial class PostgresFits
{
    private const string Number = @"^\s*[-+]?([0-9]{1,200}(\.[0-9]{0,200})?|\.[0-9]{1,200})([eE][-+]?[0-9]{1,3})?\s*$";

    private static readonly Dictionary<string, (string Least, string Most)> Ranges = new()
    {
        ["smallint"] = ("-32768", "32768"),
        ["integer"] = ("-2147483648", "2147483648"),
        ["bigint"] = ("-9223372036854775808", "9223372036854775808"),
    };

    public static Ask? DoNotFit(Table table, Column old, AlterColumn alter, ServerState state)
    {
        var engine = PostgresEngine.Value;
        var wanted = PostgresTypeName.Parse(alter.New.Type);
        var column = engine.Quoted(old.Name);
        var converted = alter.Using is { } given && !IsPlainCast(given, alter.New.Name);
        // The statement names the column as it is called by then.
        if (converted && old.Name != alter.New.Name && alter.Using.Mentions(alter.New.Name))
        {
            return null;
        }
        var predicate = converted ? Converted($"({alter.Using})", wanted) : Predicate(column, PostgresTypeName.Parse(old.Type), wanted, state.Model);
        return predicate is not null
            ? engine.Rows(table, predicate)
            : new($"""
                SELECT NULL
                FROM {engine.QuoteTable(table.Name)} t
                HAVING count(CAST({(converted ? $"({alter.Using})" : column)} AS {alter.New.Type})) < 0
                """) { Trial = true };
    }

    /// <summary>An expression is tried on all rows at once, and row by row only when it fails.</summary>
    public static Ask? DoNotConvert(Table table, Column old, Conversion conversion, ServerState state)
    {
        var engine = PostgresEngine.Value;
        if (conversion.Using is not { } given || IsPlainCast(given, old.Name))
        {
            return DoNotFit(table, old, new(conversion.Table, old with { Type = conversion.Type }, old), state) is { } asked ? asked with { Culprits = asked.Trial ? Culprits(table, engine.Quoted(old.Name), conversion.Type) : null } : null;
        }
        return Tried(table, given, conversion.Type, conversion.Required ? $"{engine.Quoted(old.Name)} IS NOT NULL" : null);
    }

    /// <summary>An expression may fail, or yield NULL or more than there is room for.</summary>
    public static Ask CannotBeMade(Table table, RegroupedColumn column) => Tried(table, column.Sql, column.Type, column.Required ? "true" : null);

    /// <param name="required">The condition on rows where the value must not be NULL; null for none.</param>
    private static Ask Tried(Table table, string given, string type, string? required)
    {
        var engine = PostgresEngine.Value;
        var row = engine.QuoteTable(new(null, table.Name.Name));
        var plain = $"(SELECT ({given}) FROM (SELECT t.*) AS {row})";
        var value = $"CAST({plain} AS {type})";
        string[] conditions =
        [
            required is null ? $"pg_column_size({value}) < 0" : $"{required} AND {value} IS NULL",
            .. Converted(plain, PostgresTypeName.Parse(type)) is { } tooLong ? [tooLong] : Array.Empty<string>(),
        ];
        return engine.Rows(table, string.Join(" OR ", conditions)) with { Trial = true, Culprits = Culprits(table, plain, type) };
    }

    private static Ask Culprits(Table table, string tried, string type)
    {
        var engine = PostgresEngine.Value;
        return new($"""
            DO {$"""

            DECLARE
                found record;
                keys text[] := ARRAY[]::text[];
            BEGIN
                FOR found IN SELECT ctid AS place FROM {engine.QuoteTable(table.Name)} LOOP
                    BEGIN
                        PERFORM pg_column_size(CAST({tried} AS {type})) FROM {engine.QuoteTable(table.Name)} t WHERE t.ctid = found.place;
                    EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
                        keys := keys || (SELECT {engine.KeyOf(table)} FROM {engine.QuoteTable(table.Name)} t WHERE t.ctid = found.place);
                        EXIT WHEN cardinality(keys) >= {Probes.Most};
                    END;
                END LOOP;
                PERFORM set_config('safe_migrate.keys', array_to_json(keys)::text, true);
            END

            """.Dollars("trial")};
            SELECT json_array_elements_text(current_setting('safe_migrate.keys')::json)
            """);
    }

    /// <summary>The condition on values of one type that have no place in another; null where there is none that never fails.</summary>
    public static string? Misfit(string value, string old, string wanted) =>
        Predicate(value, PostgresTypeName.Parse(old), PostgresTypeName.Parse(wanted), DatabaseModel.Empty);

    private static string? Converted(string expression, PostgresTypeName wanted) =>
        wanted is { Name: "varchar" or "char", IsArray: false } && Length(wanted) is { } length ? TooLong($"CAST({expression} AS text)", length) : null;

    private static string? Predicate(string column, PostgresTypeName old, PostgresTypeName wanted, DatabaseModel model)
    {
        if (old.IsArray || wanted.IsArray)
        {
            return null;
        }
        var fromText = PostgresCasts.IsText(old.Name);
        var text = $"CAST({column} AS text)";
        return wanted.Name switch
        {
            "varchar" or "char" when Length(wanted) is { } length => TooLong(text, length),
            "smallint" or "integer" or "bigint" when fromText => $@"CASE WHEN {text} !~ '^\s*[-+]?0*[0-9]{{1,19}}\s*$' THEN true ELSE {Outside($"CAST({column} AS numeric)", wanted.Name)} END",
            "smallint" or "integer" or "bigint" when old.Name is "numeric" or "real" or "double precision" => Outside($"round({column})", wanted.Name),
            "smallint" or "integer" when old.Name is "integer" or "bigint" => Outside(column, wanted.Name),
            "numeric" when wanted.Modifiers.Count > 0 && fromText =>
                $"CASE WHEN {text} !~ '{Number}' THEN lower(btrim({text})) <> 'nan' ELSE {TooWide($"CAST({column} AS numeric)", wanted)} END",
            "numeric" when fromText => $"{text} !~ '{Number}' AND lower(btrim({text})) <> 'nan'",
            "numeric" when wanted.Modifiers.Count > 0 && old.Name is "numeric" or "smallint" or "integer" or "bigint" or "real" or "double precision" =>
                $"CASE WHEN {text} IN ('Infinity', '-Infinity') THEN true WHEN {text} = 'NaN' THEN false ELSE {TooWide($"CAST({column} AS numeric)", wanted)} END",
            "real" when fromText => OutsideFloat(text, "3.4e38", "1.2e-38"),
            "double precision" when fromText => OutsideFloat(text, "1.79e308", "2.3e-308"),
            "uuid" when fromText => $"{text} !~ '^(\\{{([0-9a-fA-F]{{4}}-?){{7}}[0-9a-fA-F]{{4}}\\}}|([0-9a-fA-F]{{4}}-?){{7}}[0-9a-fA-F]{{4}})$'",
            "boolean" when fromText => $"lower(btrim({text})) !~ '^(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)$'",
            _ when fromText && model.Enums.FirstOrDefault(type => type.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase)) is { } type =>
                $"{text} NOT IN ({string.Join(", ", type.Values.Select(Literal))})",
            _ => null,
        };
    }

    /// <summary>Blanks beyond the length are cut off without an error.</summary>
    private static string TooLong(string text, int length) => string.Create(CultureInfo.InvariantCulture, $"char_length(rtrim({text}, ' ')) > {length}");

    private static int? Length(PostgresTypeName type) => type.Modifiers.Count > 0 ? type.Modifiers[0] : type.Name == "char" ? 1 : null;

    private static string Outside(string value, string type) => $"NOT ({value} >= {Ranges[type].Least} AND {value} < {Ranges[type].Most})";

    private static string TooWide(string number, PostgresTypeName wanted)
    {
        var (precision, scale) = (wanted.Modifiers[0], wanted.Modifiers.ElementAtOrDefault(1));
        return string.Create(CultureInfo.InvariantCulture, $"abs(round({number}, {scale})) >= power(10::numeric, {precision - scale})");
    }

    private static string OutsideFloat(string text, string most, string least) =>
        $"CASE WHEN {text} ~ '{Number}' THEN CAST({text} AS numeric) <> 0 AND abs(CAST({text} AS numeric)) NOT BETWEEN {least} AND {most} "
        + $"ELSE lower(btrim({text})) !~ '^(nan|[-+]?(inf|infinity))$' END";

    private static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Only the column with a cast around it; the cast is what the predicate tests.</summary>
    private static bool IsPlainCast(string given, string column)
    {
        var text = given.Trim();
        var inner = ColonCast().Match(text) is { Success: true } colon ? colon.Groups[1].Value
            : CastCall().Match(text) is { Success: true } call ? call.Groups[1].Value
            : text;
        var name = inner.Trim(' ', '(', ')', '\n', '\r', '\t');
        return name == PostgresEngine.Value.Quote(column) || name.Equals(column, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("""^\(*([^:]+?)\)*\s*::[\w\s(),".\[\]]+$""")]
    private static partial Regex ColonCast();

    [GeneratedRegex("""^CAST\s*\((.+?)\s+AS\s.+\)$""", RegexOptions.IgnoreCase)]
    private static partial Regex CastCall();
}
