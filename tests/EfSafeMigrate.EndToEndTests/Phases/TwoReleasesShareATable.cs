namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>Old and new release write the same column at the same time; each notes what the database took.</summary>
[Collection(nameof(PhasedSample))]
public sealed class TwoReleasesShareATable(InstalledTool tool, PhasedSample sample)
{
    [Theory]
    [InlineData("RenameIndexed", "Name", "FullName")]
    [InlineData("RenameOptional", "Phone", "PhoneNumber")]
    public async Task NoValueIsLost(string name, string old, string changed)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var oldRelease = new Driver(sample.Project);
        await using var newRelease = new Driver(sample.Project);
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        var contract = ids.Length - 1;
        await sample.Driver.AskAsync(database, pattern.Context, "to", ids[1]);
        for (var at = 1; at < contract; at++)
        {
            var seed = at;
            var write = PhasedSample.Seconds;
            var olds = Task.Run(() => oldRelease.AskAsync(database, "StoreContext", "write", Plan(old, 0, seed)));
            var news = Task.Run(() => newRelease.AskAsync(database, pattern.Context, "write", Plan(changed, 1, seed)));
            if (at + 1 < contract)
            {
                await sample.Driver.AskAsync(database, pattern.Context, "to", ids[at + 1]);
            }
            var written = Journal(await olds).Concat(Journal(await news)).ToDictionary();
            written.Count.ShouldBeGreaterThan(20);
            var rows = (await database.LinesAsync($"SELECT \"Id\", \"{changed}\" FROM \"Customers\" WHERE \"Id\" IN ({string.Join(',', written.Keys)})"))
                .Select(line => line.Split(" | ")).ToDictionary(line => line[0], line => line[1]);
            foreach (var (id, value) in written)
            {
                rows[id].ShouldBe(value, $"{id} after {ids[at]}");
            }

            string Plan(string column, int own, int with) => $"{column} {own} 2 {write} {with}";
        }
        (await database.LinesAsync($"SELECT \"Id\" FROM \"Customers\" WHERE \"{old}\" IS DISTINCT FROM \"{changed}\"")).ShouldBeEmpty();
    }

    private static IEnumerable<KeyValuePair<string, string>> Journal(string line) =>
        line.Split(',').Select(entry => entry.Split('=')).Select(entry => KeyValuePair.Create(entry[0], entry[1]));
}
