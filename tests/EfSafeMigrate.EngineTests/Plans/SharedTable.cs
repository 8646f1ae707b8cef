using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A table that two releases write, one through <c>old</c> and one through <c>fresh</c>, with the trigger between.</summary>
internal sealed record SharedTable(string Name, string Old, string Fresh, string Up, string Down)
{
    public static readonly PhaseForms Forms = PostgresEngine.Value.Phases!;

    private static readonly string[] Texts = ["NULL", "'a'", "'b'", "''", "'a long one with ''quotes'' and \\ signs'"];

    /// <summary>What else is there: a user's triggers, more columns.</summary>
    public string More { get; init; } = "";

    /// <summary>Values either release writes, as SQL; the old release's first.</summary>
    public required (IReadOnlyList<string> Old, IReadOnlyList<string> Fresh) Values { get; init; }

    /// <summary>The default of the old column, where it is no value for <see cref="Up"/>.</summary>
    public string? Left { get; init; }

    public SyncSpec Spec => new(
        Table,
        [new("old", Down.Replace("{new}", "\"fresh\"", StringComparison.Ordinal)) { Left = Left }],
        [new("fresh", Up.Replace("{old}", "\"old\"", StringComparison.Ordinal))]);

    public static TableName Table => new(null, "shared");

    public static ObjectNames Names => EfSafeMigrate.Plans.Names.Trigger(63, "safe_migrate_sync", ["shared", "old", "fresh"]);

    public string Setup =>
        $"CREATE COLLATION caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false); CREATE TABLE shared (id integer PRIMARY KEY, old {Old}, other integer NOT NULL DEFAULT 0); {More} ALTER TABLE shared ADD fresh {Fresh}; {string.Join('\n', Forms.Sync(Spec, Names).Create)}";

    /// <summary>Rows whose columns are no images of each other, by their stored bytes.</summary>
    public string Contradictions =>
        $"SELECT id, old, fresh FROM shared WHERE ROW(fresh)::record *<> ROW(({Up.Replace("{old}", "old", StringComparison.Ordinal)}))::record AND ROW(old)::record *<> ROW(({Down.Replace("{new}", "fresh", StringComparison.Ordinal)}))::record";

    public static IReadOnlyList<SharedTable> All { get; } =
    [
        new("nullable text", "text", "text", "{old}", "{new}") { Values = (Texts, Texts) },
        new("required text", "text NOT NULL", "text", "{old}", "{new}") { Values = (Texts[1..], Texts[1..]) },
        new("a default on the old column", "text NOT NULL DEFAULT 'given'", "text", "{old}", "{new}") { Values = (["DEFAULT", .. Texts[1..]], Texts[1..]) },
        new("numbers that are equal and not the same", "numeric", "numeric", "{old}", "{new}") { Values = (["NULL", "1", "1.0", "1.00", "2.5"], ["NULL", "1", "1.0", "2.50", "3"]) },
        new("a type that has no equality", "json", "json", "{old}", "{new}") { Values = (["NULL", "'{}'", "'{ }'", "'1'"], ["NULL", "'{}'", "'{ }'", "'[2]'"]) },
        new("names without case", "text COLLATE caseless", "text COLLATE caseless", "{old}", "{new}")
        {
            Values = (["NULL", "'bob'", "'Bob'", "'ann'"], ["NULL", "'BOB'", "'bob'", "'Ann'"]),
        },
        new("a number made of text", "text", "integer", "{old}::integer", "{new}::text") { Values = (["NULL", "'7'", "'007'", "'12'"], ["NULL", "7", "12", "30"]) },
        new("a number made of text whose default is none", "text NOT NULL DEFAULT 'none'", "integer", "CAST({old} AS integer)", "CAST({new} AS text)")
        {
            Left = "'none'",
            Values = (["'7'", "'007'", "'12'"], ["7", "12", "30"]),
        },
        new("a text made of a rounded number", "integer", "numeric", "{old}::numeric", "round({new})::integer") { Values = (["NULL", "7", "8", "0"], ["NULL", "7.4", "7.6", "8", "0.2"]) },
        new("NULL becomes a value", "text", "text", "COALESCE({old}, 'none')", "{new}") { Values = (Texts, Texts[1..]) },
        new("a user's triggers before and behind", "text", "text", "{old}", "{new}")
        {
            More = """
                CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.old := trim(NEW.old); RETURN NEW; END $$;
                CREATE TRIGGER aaa BEFORE INSERT OR UPDATE ON shared FOR EACH ROW EXECUTE FUNCTION tidy();
                CREATE TRIGGER zzzz BEFORE INSERT OR UPDATE ON shared FOR EACH ROW EXECUTE FUNCTION tidy();
                """,
            Values = (["NULL", "' a'", "'b '", "'c'"], ["NULL", "'a'", "'d'"]),
        },
    ];
}
