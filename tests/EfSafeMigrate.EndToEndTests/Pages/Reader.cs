namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>Somebody who types what a page shows, in a folder, with the tool installed.</summary>
internal sealed class Reader(InstalledTool tool, string folder, params (string Name, string Value)[] variables)
{
    private readonly string home = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"reader-{Guid.NewGuid():N}")).FullName;

    public async Task<ShellResult> TypeAsync(string command)
    {
        var own = new Dictionary<string, string> { ["XDG_DATA_HOME"] = home, ["DOTNET_ENVIRONMENT"] = "Development" };
        foreach (var (name, value) in variables)
        {
            own[name] = value;
        }
        return await tool.RunWithAsync(folder, "sh", ["-c", command], own, home);
    }

    /// <summary>What has been built is not built again, for nothing has changed since.</summary>
    public Task<ShellResult> TypeBuiltAsync(string command) => TypeAsync($"{command} --no-build");

    public async Task<string> MustAsync(int code, string command)
    {
        var ended = await TypeAsync(command);
        ended.Code.ShouldBe(code, $"$ {command}\n{ended.Output}{ended.Error}");
        return ended.Output;
    }

    public Task<string> MustBuiltAsync(int code, string command) => MustAsync(code, $"{command} --no-build");
}
