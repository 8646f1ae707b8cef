namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A process that was killed while EF migrated SQLite leaves EF's lock; plain EF waits for it for ever.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class EfLockIsLeftBehind(InstalledTool tool)
{
    /// <summary>The row as EF writes it, ninety minutes ago.</summary>
    private const string Leave = """
        if (args is ["leave"])
        {
            context.Database.ExecuteSqlRaw("CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            context.Database.ExecuteSqlRaw("INSERT INTO \"__EFMigrationsLock\" VALUES (1, strftime('%Y-%m-%d %H:%M:%S', 'now', '-90 minutes') || '.1234567+00:00')");
            return;
        }
        """;

    [Fact]
    public async Task ApplySaysSoAndRepairGivesItBack()
    {
        var project = tool.Copy("Tiny");
        var program = Path.Combine(project, "Program.cs");
        await File.WriteAllTextAsync(program, (await File.ReadAllTextAsync(program)).Replace("context.Database.Migrate();", Leave, StringComparison.Ordinal));
        var initial = await tool.RunAsync(project, ["apply", "--environment", "Testing", "--to", "Initial"]);
        initial.Code.ShouldBe(0, initial.Output + initial.Error);
        (await tool.RunAsync(project, ["repair", "lock", "--no-build"])).Error.ShouldContain("EF's lock is free.");
        var left = await Shell.RunAsync(project, "dotnet", ["run", "--no-build", "--", "leave"]);
        left.Code.ShouldBe(0, left.Output + left.Error);

        var blocked = await tool.RunAsync(project, ["apply", "--environment", "Testing", "--no-build", "--lock-wait", "1"]);
        var asked = await tool.RunAsync(project, ["repair", "lock", "--no-build"]);
        var repaired = await tool.RunAsync(project, ["repair", "lock", "--no-build", "--yes"]);
        var applied = await tool.RunAsync(project, ["apply", "--environment", "Testing", "--no-build"]);

        blocked.Code.ShouldBe(3, blocked.Output + blocked.Error);
        blocked.Error.ShouldMatch("EF's own lock has been held since 2.*, for 90 min; EF does not write down by whom. Nothing was changed.");
        blocked.Error.ShouldContain("→ dotnet safe-migrate repair lock");
        asked.Code.ShouldBe(3, asked.Output + asked.Error);
        asked.Error.ShouldContain("EF's lock is as it was.");
        repaired.Code.ShouldBe(0, repaired.Output + repaired.Error);
        repaired.Error.ShouldContain("EF's lock was given back.");
        applied.Code.ShouldBe(0, applied.Output + applied.Error);
    }
}
