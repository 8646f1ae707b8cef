using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EnumValueUsedInSameTransactionRuleCases
{
    private const string People = "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood); INSERT INTO people SELECT g, 'ok' FROM generate_series(1, 20000) g";

    private static CuredForm Apart(string use) => new([Deploy("ALTER TYPE mood ADD VALUE 'great'", use)]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("rows get it", Severity.Dangerous, "ALTER TYPE mood ADD VALUE 'great'; UPDATE people SET mood = 'great' WHERE id = 7").After(People).Saying("'great' is added to its enum type earlier").Cured(Apart("UPDATE people SET mood = 'great' WHERE id = 7")),
        Flagged("a default", Severity.Dangerous, "ALTER TYPE mood ADD VALUE 'great'; ALTER TABLE people ADD COLUMN next mood DEFAULT 'great'").After(People).Cured(Apart("ALTER TABLE people ADD COLUMN next mood DEFAULT 'great'")),
        Flagged("a row", Severity.Dangerous, "ALTER TYPE mood ADD VALUE 'great'; INSERT INTO people (id, mood) VALUES (0, 'great')").After(People).Cured(Apart("INSERT INTO people (id, mood) VALUES (0, 'great')")),
        Allowed("in the next migration", "ALTER TYPE mood ADD VALUE 'great'", "UPDATE people SET mood = 'great' WHERE id = 7").After(People),
        Allowed("a value that was there", "ALTER TYPE mood ADD VALUE 'great'; UPDATE people SET mood = 'ok' WHERE id = 7").After(People),
        Allowed("the same word in a text", "ALTER TYPE mood ADD VALUE 'great'; UPDATE orders SET note = 'great' WHERE id = 7").After(People),
        Flagged("of a type as new as the value, before version 17", Severity.Dangerous, "CREATE TYPE kind AS ENUM ('a'); ALTER TYPE kind ADD VALUE 'b'; ALTER TABLE people ADD COLUMN kind kind DEFAULT 'b'").After(People)
            .Cured(Deploy("CREATE TYPE kind AS ENUM ('a', 'b'); ALTER TABLE people ADD COLUMN kind kind DEFAULT 'b'")),
        Allowed("the type has it from the start", "CREATE TYPE kind AS ENUM ('a', 'b'); ALTER TABLE people ADD COLUMN kind kind DEFAULT 'b'").After(People),
    ];
}
