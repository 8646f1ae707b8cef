using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Rollbacks;

/// <summary>After each phase of each pattern a rollback leads to the schema that the journal kept, and loses what it has counted.</summary>
[Collection(nameof(PhasedReleasesCollection))]
public sealed class EveryPhaseGoesBack(InstalledTool tool, PhasedSample sample)
{
    /// <summary>Pattern, what the new release writes, and how many rows of that the old shape does not have.</summary>
    public static TheoryData<string, string, int> Patterns
    {
        get
        {
            var patterns = new TheoryData<string, string, int>
            {
                { "AddFilled", "UPDATE \"Customers\" SET \"Segment\" = 'gold' WHERE \"Id\" <= 321", 321 },
            };
            if (PhasedSample.Long)
            {
                patterns.Add("ChangeTypes", "UPDATE \"Customers\" SET \"Balance\" = 17 WHERE \"Id\" <= 40", 0);
                patterns.Add("RenameIndexed", "UPDATE \"Customers\" SET \"FullName\" = 'New ' || \"Id\" WHERE \"Id\" <= 1000", 0);
                patterns.Add("SplitName", "UPDATE \"Customers\" SET \"FirstName\" = 'Anna', \"LastName\" = 'Smith ' || \"Id\" WHERE \"Id\" <= 1000", 0);
                patterns.Add("MoveToTable", "UPDATE \"Contacts\" SET \"Phone\" = '+1 ' || \"CustomerId\" WHERE \"CustomerId\" <= 1000", 0);
                patterns.Add("WidenKey", "UPDATE \"Customers\" SET \"Balance\" = 1 WHERE \"Id\" <= 1000", 0);
            }
            return patterns;
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task BackFromEach(string name, string writes, int lost)
    {
        await sample.ReadyAsync(tool);
        var pattern = Phases.Patterns.Named(name);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, name);
        var ids = (await sample.Driver.AskAsync(database, pattern.Context, "ids")).Split(' ');
        string[] phases = [.. ids[1..].Where(id => !id.Contains("Contract", StringComparison.Ordinal))];
        foreach (var id in phases)
        {
            var (schema, rows) = (await Catalogue.SchemaAsync(database), await CountAsync(database));
            await MustAsync(0, database, pattern, "apply", "--to", id);
            var back = await MustAsync(0, database, pattern, "rollback");
            back.Output.ShouldContain("The schema is what it was ", customMessage: id);
            (await Catalogue.SchemaAsync(database)).ShouldBe(schema, id);
            (await CountAsync(database)).ShouldBe(rows, id);
            await MustAsync(0, database, pattern, "apply", "--to", id);
        }
        await database.ExecuteAsync(writes);
        var initial = await CountAsync(database);
        if (lost > 0)
        {
            var refused = await MustAsync(3, database, pattern, "rollback", ids[0]);
            refused.Error.ShouldContain($"and {lost} rows have a value there that the old shape does not say.");
        }
        var all = await MustAsync(0, database, pattern, "rollback", [ids[0], .. phases.SelectMany(id => lost > 0 ? new[] { "--accept-data-loss", id } : [])]);
        all.Output.ShouldContain("The schema is what it was ");
        all.Output.ShouldContain(lost > 0 ? $"and {lost} rows have a value there" : "It loses nothing.");
        (await Catalogue.SchemaAsync(database)).ShouldBe(await Catalogue.SchemaAsync(sample.Old));
        (await CountAsync(database)).ShouldBe(initial);
    }

    private static Task<IReadOnlyList<string>> CountAsync(PhasedDatabase database) => database.LinesAsync("SELECT (SELECT count(*) FROM \"Customers\"), (SELECT count(*) FROM \"Orders\"), (SELECT count(*) FROM \"Regions\")");

    private async Task<ShellResult> MustAsync(int code, PhasedDatabase database, Pattern pattern, string verb, params string[] arguments)
    {
        var ended = (await tool.RunAsync(sample.Project, [verb, .. arguments, .. RenamedSample.Naming(pattern)], environment: new Dictionary<string, string> { ["PHASES"] = database.ConnectionString })).Unwrapped();
        ended.Code.ShouldBe(code, $"{verb} {string.Join(' ', arguments)}\n{ended.Output}{ended.Error}");
        return ended;
    }
}
