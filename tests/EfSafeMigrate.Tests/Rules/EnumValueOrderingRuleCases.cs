using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class EnumValueOrderingRuleCases
{
    private const string Mood = "CREATE TYPE mood AS ENUM ('sad', 'ok')";

    private static readonly CuredForm Form = new([Deploy("ALTER TYPE mood ADD VALUE 'great' AFTER 'ok'")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("at the end", Severity.Safe, "ALTER TYPE mood ADD VALUE 'great'").After(Mood).Advised().Saying("mood gets 'great' behind all its values").Cured(Form),
        Flagged("if it is not there", Severity.Safe, "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great'").After(Mood).Advised().Cured(Form),
        Flagged("outside a transaction", Severity.Safe, "ALTER TYPE mood ADD VALUE 'great'").After(Mood).Outside().Advised().Cured(Form),
        Allowed("in its place", "ALTER TYPE mood ADD VALUE 'great' AFTER 'ok'").After(Mood).Advised(),
        Allowed("it is there already", "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'").After(Mood).Advised(),
        Allowed("nobody asked", "ALTER TYPE mood ADD VALUE 'great'").After(Mood),
    ];
}
