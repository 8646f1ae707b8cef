using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>A script that <c>dotnet ef migrations script</c> makes is judged as the migrations it is made of.</summary>
[Collection(nameof(BuiltSamplesCollection))]
public sealed class ReviewingScriptsOfEf(InstalledTool tool)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    /// <summary>The ordinary run takes each version of EF and each engine once.</summary>
    public static TheoryData<string, string, string, string, string, string, bool> Scripts
    {
        get
        {
            TheoryData<string, string, string, string, string, string, bool> scripts = new()
            {
                { "8.0.33", "Legacy", "Legacy", "Legacy", "WorkshopContext", "sqlite", false },
                { "9.0.22", "Pair", "Pair.Data", "Pair.Web", "OrderingContext", "sqlite", false },
                { "10.0.14", "Shop", "Shop", "Shop", "ShopContext", "postgresql", true },
            };
            if (Full)
            {
                scripts.Add("9.0.22", "Pair", "Pair.Data", "Pair.Web", "BillingContext", "sqlite", false);
                scripts.Add("10.0.14", "Library", "Library", "Library", "LibraryContext", "sqlite", false);
                scripts.Add("10.0.14", "Shop", "Shop", "Shop", "ShopContext", "postgresql", false);
            }
            return scripts;
        }
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task SaysWhatTheReviewOfTheProjectSays(string version, string sample, string project, string startUp, string context, string engine, bool idempotent)
    {
        var ef = await DotnetEf.InstallAsync(version);
        var folder = tool.Copy(sample);
        string At(string name) => name == sample ? folder : Path.Combine(folder, name);
        string[] where = ["--project", At(project), "--startup-project", At(startUp), "--context", context];
        var reviewed = await tool.RunAsync(folder, ["review", "--all", "--json", .. where]);
        await ef.SucceedAsync(folder, ["migrations", "script", "--output", Path.Combine(folder, "script.sql"), "--no-build", .. where, .. idempotent ? new[] { "--idempotent" } : []]);

        var script = await tool.RunAsync(folder, ["review", "--all", "--json", "--sql", "script.sql", "--engine", engine]);

        script.Code.ShouldBe(reviewed.Code, script.Error);
        var (ofProject, ofScript) = (Findings(reviewed.Output), Findings(script.Output));
        // Migrations that the tool applies get their bounds from it; nothing bounds a script's wait. SQLite has no queue.
        var unbounded = ofScript.Where(finding => finding.Contains(" missing-lock-timeout ", StringComparison.Ordinal)).ToArray();
        unbounded.Length.ShouldBe(engine == "sqlite" ? 0 : 1);
        ofScript = [.. ofScript.Except(unbounded)];
        if (idempotent)
        {
            // What EF sends outside a transaction stands in a DO block here, where the server refuses it.
            var refused = ofScript.Except(ofProject).ToArray();
            refused.ShouldAllBe(finding => finding.Contains(" change-refused dangerous ", StringComparison.Ordinal));
            refused.ShouldNotBeEmpty();
            ofScript = [.. ofScript.Except(refused)];
        }
        ofScript.ShouldBe(ofProject, ignoreOrder: true);
        ofScript.Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task SaysWhereAMissingSemicolonBreaksIt()
    {
        var ef = await DotnetEf.InstallAsync("10.0.14");
        var folder = tool.Copy("Shop");
        var file = Directory.GetFiles(Path.Combine(folder, "Migrations"), "*_AddOrderChannel.cs").Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("'web';", "'web'", StringComparison.Ordinal));

        var project = await tool.RunAsync(folder, ["review", "--migration", "AddOrderChannel"]);
        await ef.SucceedAsync(folder, ["migrations", "script", "--output", Path.Combine(folder, "plain.sql"), "--no-build"]);
        await ef.SucceedAsync(folder, ["migrations", "script", "--idempotent", "--output", Path.Combine(folder, "idempotent.sql"), "--no-build"]);

        project.Output.ShouldContain("! sql-without-semicolon");
        foreach (var (script, stands) in new[] { ("plain.sql", "INSERT INTO"), ("idempotent.sql", "END IF") })
        {
            var result = await tool.RunAsync(folder, ["review", "--sql", script, "--engine", "postgresql"]);
            result.Output.ShouldContain("✗ sql-without-semicolon");
            result.Output.ShouldContain(stands);
            result.Code.ShouldBe(1);
        }
    }

    private static string[] Findings(string json)
    {
        using var document = JsonDocument.Parse(json);
        string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? "-";
        return
        [
            .. document.RootElement.GetProperty("findings").EnumerateArray()
                .Where(finding => !Text(finding, "migration").StartsWith('('))
                .Select(finding => $"{Text(finding, "migration")} {Text(finding, "rule")} {Text(finding, "severity")} {Text(finding, "table")} {Text(finding, "column")}"),
        ];
    }
}
