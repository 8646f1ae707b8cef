using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EnumAddValueInTransactionRuleCases
{
    private const string Mood = "CREATE TYPE mood AS ENUM ('sad', 'ok')";

    private static readonly CuredForm Form = new([Deploy(Outside("ALTER TYPE mood ADD VALUE 'great' AFTER 'ok'"))]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("before version 12", Severity.Dangerous, "ALTER TYPE mood ADD VALUE 'great' AFTER 'ok'").After(Mood).Saying("adds a value outside a transaction only").Cured(Form) with { Version = "11" },
        Flagged("beside other changes", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN memo text; ALTER TYPE mood ADD VALUE 'great'").After(Mood).Cured(Form) with { Version = "11.5" },
        Flagged("at the end", Severity.Dangerous, "ALTER TYPE mood ADD VALUE 'great'").After(Mood).Cured(Form) with { Version = "10" },
        Allowed("from version 12 on", "ALTER TYPE mood ADD VALUE 'great' AFTER 'ok'").After(Mood),
        Allowed("outside, before version 12", "ALTER TYPE mood ADD VALUE 'great'").After(Mood).Outside() with { Version = "11" },
        Allowed("a value is renamed, before version 12", "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'").After(Mood) with { Version = "11" },
    ];
}
