namespace EfSafeMigrate.EndToEndTests.Phases;

[Collection(nameof(PhasedSample))]
public sealed class PhasesEndLikeOneMigration(InstalledTool tool, PhasedSample sample)
{
    public static TheoryData<string> Names => [.. PhasedSample.Chosen.Select(pattern => pattern.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UpAndDown(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var steps = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var once = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, name);
        var start = await StateAsync(steps, []);

        var ids = (await Ask(steps, "ids")).Split(' ');
        ids.Length.ShouldBeGreaterThan(1, sample.Said(pattern));
        await StepByStep(pattern, steps, ids);
        await Ask(once, "all");
        await Ask(direct, "direct");

        var (schema, data) = await StateAsync(direct, pattern.Random);
        (await StateAsync(steps, pattern.Random)).ShouldSatisfyAllConditions(
            state => Text(state.Schema).ShouldBe(Text(schema)), state => Text(state.Data).ShouldBe(Text(data)));
        (await StateAsync(once, pattern.Random)).ShouldSatisfyAllConditions(
            state => Text(state.Schema).ShouldBe(Text(schema)), state => Text(state.Data).ShouldBe(Text(data)));
        (await Ask(steps, "pending")).ShouldBe("False");

        await Ask(steps, "to", PhasedSample.Initial);
        var end = await StateAsync(steps, []);
        Text(end.Schema).ShouldBe(Text(start.Schema));
        await using var untouched = await PhasedDatabase.CopyAsync(sample.Old, name);
        await OnlyWhatWasSaidIsLost(pattern, steps, untouched);

        Task<string> Ask(PhasedDatabase database, string verb, string argument = "") => sample.Driver.AskAsync(database, pattern.Context, verb, argument);
    }

    /// <summary>Each phase is applied, undone and applied again.</summary>
    private async Task StepByStep(Pattern pattern, PhasedDatabase database, string[] ids)
    {
        // A backfill is not undone: what it wrote stays in the column that only the new release reads.
        var kept = (await AllColumnsAsync(database)).ToHashSet();
        var before = await CoreAsync();
        for (var at = 1; at < ids.Length; at++)
        {
            await sample.Driver.AskAsync(database, pattern.Context, "to", ids[at]);
            var after = await CoreAsync();
            await sample.Driver.AskAsync(database, pattern.Context, "to", ids[at - 1]);
            Text(await CoreAsync()).ShouldBe(Text(before), $"{ids[at]} undone");
            await sample.Driver.AskAsync(database, pattern.Context, "to", ids[at]);
            Text(await CoreAsync()).ShouldBe(Text(after), $"{ids[at]} applied again");
            await sample.Driver.AskAsync(database, pattern.Context, "to", ids[at]);
            Text(await CoreAsync()).ShouldBe(Text(after), $"{ids[at]} run twice");
            before = after;
        }

        async Task<IReadOnlyList<string>> CoreAsync()
        {
            var columns = await AllColumnsAsync(database);
            var (schema, data) = await StateAsync(database, [.. sample.Lost(pattern), .. pattern.Random, .. columns.Where(column => !kept.Contains(column))]);
            return [.. schema, .. data];
        }
    }

    /// <summary>Each column by itself, and the other table: the plan names all that do not come back, and no other.</summary>
    private async Task OnlyWhatWasSaidIsLost(Pattern pattern, PhasedDatabase undone, PhasedDatabase untouched)
    {
        List<string> lost = [];
        foreach (var column in await ColumnsAsync(untouched))
        {
            var digest = $"""SELECT sum(hashtextextended(ROW("Id", "{column}")::text, 0)) FROM "Customers" """;
            if (!(await undone.LinesAsync(digest)).SequenceEqual(await untouched.LinesAsync(digest)))
            {
                lost.Add(column);
            }
        }
        const string Orders = "SELECT sum(hashtextextended(to_jsonb(o)::text, 0)) FROM \"Orders\" o";
        if (!(await undone.LinesAsync(Orders)).SequenceEqual(await untouched.LinesAsync(Orders)))
        {
            lost.Add("Orders");
        }
        lost.ShouldBe(sample.Lost(pattern), ignoreOrder: true);
        Text(await Catalogue.DataAsync(undone, lost)).ShouldBe(Text(await Catalogue.DataAsync(untouched, lost)));
    }

    private static Task<IReadOnlyList<string>> ColumnsAsync(PhasedDatabase database) =>
        database.LinesAsync("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('\"Customers\"') AND attnum > 0 AND NOT attisdropped");

    private static Task<IReadOnlyList<string>> AllColumnsAsync(PhasedDatabase database) =>
        database.LinesAsync("SELECT DISTINCT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped");

    private static async Task<(IReadOnlyList<string> Schema, IReadOnlyList<string> Data)> StateAsync(PhasedDatabase database, string[] left) =>
        (await Catalogue.SchemaAsync(database), await Catalogue.DataAsync(database, left));

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines);
}
