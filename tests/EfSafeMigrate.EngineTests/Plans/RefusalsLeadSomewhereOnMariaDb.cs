using System.Text.RegularExpressions;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Whoever follows the sentence of a refusal on MariaDB gets where the model wanted to, with the rows, and back.</summary>
public class RefusalsLeadSomewhereOnMariaDb
{
    public static TheoryData<string> Names => [.. Refusals.All.Select(refusal => refusal.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_said_to_come_next_works(string name)
    {
        var refusal = Refusals.All.Single(each => each.Name == name);
        var refused = Should.Throw<SafeMigrateException>(refusal.Ask);
        refused.Message.ShouldContain(refusal.Why);
        refused.Next.ShouldBe(refusal.Next);
        await using var database = await MariaDbPlans.CreateAsync(refusal.Asked.Source + refusal.Kept.Rows);
        await using var target = await MariaDbPlans.CreateAsync(refusal.Ways[^1].Target);
        var (before, wanted) = (await SchemaAsync(database), await SchemaAsync(target));
        var rows = await database.TextAsync(refusal.Kept.Before);
        for (var turn = 0; turn < (Sampled.Full ? 2 : 1); turn++)
        {
            foreach (var (up, _) in refusal.Ways.SelectMany(way => way.Migrations))
            {
                await database.RunAsync(up);
            }
            (await SchemaAsync(database)).ShouldBe(wanted);
            if (turn > 0 && refusal.Ways.Any(way => !way.Returns))
            {
                return;
            }
            (await database.TextAsync(refusal.Kept.After)).ShouldBe(rows);
            foreach (var (_, down) in refusal.Ways.SelectMany(way => way.Migrations).Reverse())
            {
                await database.RunAsync(down);
            }
            (await SchemaAsync(database)).ShouldBe(before);
            if (refusal.Ways.All(way => way.Returns))
            {
                (await database.TextAsync(refusal.Kept.Before)).ShouldBe(rows);
            }
        }
    }

    /// <summary>But for a default that EF makes up for rows and leaves behind.</summary>
    private static async Task<string> SchemaAsync(MariaDbPlans database) =>
        string.Join('\n', Regex.Replace(await database.SchemaAsync(), "NOT NULL DEFAULT (0(\\.0+)?|'')", "NOT NULL").Split('\n').Order(StringComparer.Ordinal));
}
