using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Whatever a name is made of: through all phases and back it is the same byte for byte, or it was said beforehand that it would not be.</summary>
public class NamesAreSplitAndMerged
{
    private const string Whole = """COALESCE("FirstName" || COALESCE(' ' || "LastName", ''), "LastName")""";

    private static readonly (string, string) Split =
        ("""split_part("FullName", ' ', 1)""", """CASE WHEN strpos("FullName", ' ') > 0 THEN substr("FullName", strpos("FullName", ' ') + 1) END""");

    private static readonly (string, string) Tidy =
        ("""COALESCE(split_part(btrim("FullName"), ' ', 1), '')""", """NULLIF(btrim(substr(btrim("FullName"), length(split_part(btrim("FullName"), ' ', 1)) + 1)), '')""");

    private const string WholeOfMariaDb = """COALESCE(CONCAT("FirstName", COALESCE(CONCAT(' ', "LastName"), '')), "LastName")""";

    private static readonly (string, string) SplitOfMariaDb =
        ("""SUBSTRING_INDEX("FullName", ' ', 1)""", """IF(LOCATE(' ', "FullName") > 0, SUBSTRING("FullName", LOCATE(' ', "FullName") + 1), NULL)""");

    private static readonly (string, string) TidyOfMariaDb =
        ("""COALESCE(SUBSTRING_INDEX(TRIM("FullName"), ' ', 1), '')""", """NULLIF(TRIM(SUBSTRING(TRIM("FullName"), CHAR_LENGTH(SUBSTRING_INDEX(TRIM("FullName"), ' ', 1)) + 1)), '')""");

    /// <summary>MariaDB, merged, tidied. The ordinary run takes those of PostgreSQL of which rows do not come back; on MariaDB one takes two minutes.</summary>
    public static TheoryData<bool, bool, bool> Ways => Sampled.Full
        ? new()
        {
            { false, false, false }, { false, false, true }, { false, true, false }, { false, true, true },
            { true, false, false }, { true, false, true }, { true, true, false }, { true, true, true },
        }
        : new() { { false, false, true }, { false, true, false } };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task EveryRowComesBackOrWasNamedBeforehand(bool mariaDb, bool merge, bool tidy)
    {
        var planCase = mariaDb
            ? SplitNames.Case(mariaDb, merge, tidy ? TidyOfMariaDb : SplitOfMariaDb, WholeOfMariaDb)
            : SplitNames.Case(mariaDb, merge, tidy ? Tidy : Split, Whole);
        await using var database = await RunningPlans.CreateAsync(planCase);
        string[] columns = merge ? ["FirstName", "LastName"] : ["FullName"];
        foreach (var insert in SplitNames.Inserts(mariaDb, columns))
        {
            await database.RunAsync(insert);
        }
        var plan = planCase.Plan();
        var regrouping = plan.Migrations[0].Regroups.ShouldHaveSingleItem();
        var before = await LinesAsync(database, SplitNames.Bytes(mariaDb, columns));
        before.Count.ShouldBe(SplitNames.Rows);
        var said = await ReportedAsync(database, planCase, planCase.Before, regrouping);
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var migration in plan.Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
            {
                await database.RunAsync(migration.Up);
            }
            (await ReportedAsync(database, planCase, Between(planCase), regrouping)).ShouldBe(turn == 0 ? said : [], ignoreOrder: true);
            await database.RunAsync(plan.Migrations[^1].Up);
            foreach (var migration in plan.Migrations.Reverse())
            {
                await database.RunAsync(migration.Down);
            }
            var after = await LinesAsync(database, SplitNames.Bytes(mariaDb, columns));
            after.Count.ShouldBe(SplitNames.Rows);
            if (turn == 0)
            {
                before.Where(row => after[row.Key] != row.Value).Select(row => row.Key).ShouldBe(said, ignoreOrder: true);
                said.Count.ShouldBeInRange(tidy || merge ? 1 : 0, tidy || merge ? SplitNames.Rows - 1000 : 0);
                // What has come back is what the expressions make of themselves: nothing more gets lost.
                before = after;
            }
            after.ShouldBe(before);
        }
    }

    private static DatabaseModel Between(PlanCase planCase)
    {
        var (source, target) = (planCase.Before.Tables[0], planCase.After.Tables[0]);
        return planCase.Before with { Tables = [source with { Columns = [.. source.Columns, .. target.Columns.ExceptBy(source.Columns.Select(column => column.Name), column => column.Name)] }] };
    }

    private static async Task<List<string>> ReportedAsync(RunningPlans database, PlanCase planCase, DatabaseModel model, Regrouping regrouping)
    {
        var ask = planCase.On.DoNotReturn(model.Tables[0], regrouping);
        ask.Sql.ShouldContain("LIMIT 1000");
        var text = await database.TextAsync(ask.Sql.Replace("LIMIT 1000", "", StringComparison.Ordinal));
        return text.Length == 0 ? [] : [.. text.Split('\n')];
    }

    private static async Task<Dictionary<string, string>> LinesAsync(RunningPlans database, string sql) =>
        (await database.TextAsync(sql)).Split('\n').Select(line => line.Split(" | ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
}
