using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RenameEnumValueRuleCases
{
    private const string Mood = "CREATE TYPE mood AS ENUM ('sad', 'ok')";

    private static readonly CuredForm Form = new([Deploy("ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a value in use", Severity.Dangerous, "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'").After(Mood).Saying("the running release writes 'ok' and fails from then on").Cured(Form),
        Flagged("of a type in another case", Severity.Dangerous, """ALTER TYPE "Mood" RENAME VALUE 'Ok' TO 'Fine'""").After("""CREATE TYPE "Mood" AS ENUM ('Sad', 'Ok')""").Cured(LeftOut),
        Flagged("outside a transaction", Severity.Dangerous, "ALTER TYPE mood RENAME VALUE 'sad' TO 'unhappy'").After(Mood).Outside().Cured(Form),
        Allowed("the type is new", "CREATE TYPE kind AS ENUM ('a'); ALTER TYPE kind RENAME VALUE 'a' TO 'b'"),
        Allowed("the value is new", "ALTER TYPE mood ADD VALUE 'great'; ALTER TYPE mood RENAME VALUE 'great' TO 'splendid'").After(Mood),
        Allowed("a value is added", "ALTER TYPE mood ADD VALUE 'fine' AFTER 'ok'").After(Mood),
    ];
}
