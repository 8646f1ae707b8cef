namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>Whatever the version of EF, <c>apply</c> leaves what <c>dotnet ef database update</c> leaves.</summary>
[Collection(nameof(InstalledTool))]
public sealed class EveryVersionOfEf(InstalledTool tool)
{
    [Theory]
    [InlineData("8.0.33", "Legacy", "Legacy", "Legacy", "WorkshopContext")]
    [InlineData("9.0.22", "Pair", "Pair.Data", "Pair.Web", "OrderingContext")]
    public async Task LeavesTheSame(string version, string sample, string project, string startUp, string context)
    {
        SQLitePCL.Batteries_V2.Init();
        var ef = await DotnetEf.InstallAsync(version);
        var folder = tool.Copy(sample);
        string At(string name) => name == sample ? folder : Path.Combine(folder, name);
        var (ours, theirs) = (Path.Combine(folder, "ours.db"), Path.Combine(folder, "theirs.db"));
        string[] where = ["--project", At(project), "--startup-project", At(startUp), "--context", context];

        var applied = await tool.RunAsync(folder, ["apply", .. where, "--environment", "Testing", "--connection", $"Data Source={ours}"]);
        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        await ef.SucceedAsync(folder, ["database", "update", .. where, "--no-build", "--connection", $"Data Source={theirs}"]);

        const string History = "SELECT MigrationId, ProductVersion FROM __EFMigrationsHistory ORDER BY 1";
        SqliteFile.Contents(ours).ShouldBe(SqliteFile.Contents(theirs));
        SqliteFile.Lines(ours, History).ShouldBe(SqliteFile.Lines(theirs, History));
        SqliteFile.Lines(ours, History).Count.ShouldBeGreaterThan(5);
        var status = await tool.RunAsync(folder, ["status", .. where, "--no-build", "--connection", $"Data Source={ours}"]);
        status.Output.ShouldContain("No migration is pending.");
    }
}
