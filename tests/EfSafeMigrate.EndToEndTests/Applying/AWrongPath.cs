namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>SQLite makes a file where there is none, and a command that only looks at a database is no reason for one.</summary>
[Collection(nameof(InstalledTool))]
public sealed class AWrongPath(InstalledTool tool)
{
    [Fact]
    public async Task MakesNoDatabase()
    {
        var project = tool.Copy("Tiny");
        var file = Path.Combine(tool.Scratch, "wrong.db");
        (await Shell.RunAsync(project, "dotnet", ["build", "-nologo", "-v:q"])).Code.ShouldBe(0);
        foreach (var command in new[] { "status", "apply --plan-only", "review", "protect --reason x" })
        {
            var refused = await RunAsync(command);
            refused.Code.ShouldBe(2, $"{command}\n{refused.Output}\n{refused.Error}");
            refused.Error.ShouldContain($"There is no database at `{file}`. Nothing was changed.", customMessage: command);
            File.Exists(file).ShouldBeFalse(command);
        }

        var applied = await RunAsync("apply --to Initial");

        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        (await RunAsync("status")).Code.ShouldBe(0);

        Task<ShellResult> RunAsync(string command) => tool.RunByDotnetAsync(project, [.. command.Split(' '), "--no-build", "--connection", $"Data Source={file}"]);
    }
}
