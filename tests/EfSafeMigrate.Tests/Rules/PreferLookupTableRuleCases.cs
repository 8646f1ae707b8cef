using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PreferLookupTableRuleCases
{
    private static readonly CuredForm Form = new([Deploy("CREATE TABLE moods (name text PRIMARY KEY); INSERT INTO moods VALUES ('sad'), ('ok')")]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a type", Severity.Safe, "CREATE TYPE mood AS ENUM ('sad', 'ok')").Advised().Saying("its values can never be removed").Cured(Form),
        Flagged("a quoted type", Severity.Safe, """CREATE TYPE "Mood" AS ENUM ('Sad', 'Ok')""").Advised().Cured(Form),
        Flagged("beside its table", Severity.Safe, "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood)").Advised().Cured(Form),
        Allowed("a table", "CREATE TABLE moods (name text PRIMARY KEY)").Advised(),
        Allowed("nobody asked", "CREATE TYPE mood AS ENUM ('sad', 'ok')"),
        Allowed("another type", "CREATE TYPE point2 AS (x integer, y integer)").Advised(),
    ];
}
