namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>An empty folder and a shell, of somebody who has never heard of the tool; what the package feed here lacks is put right behind the reader's back.</summary>
internal sealed class TutorialMachine : IDisposable
{
    private readonly string scratch = Directory.CreateTempSubdirectory("safe-migrate-e2e-tutorial-").FullName;
    private readonly Dictionary<string, string> variables;
    private readonly TutorialServer? server;
    private string folder;

    private TutorialMachine(TutorialServer? server)
    {
        this.server = server;
        folder = Directory.CreateDirectory(Path.Combine(scratch, "work")).FullName;
        variables = new()
        {
            ["DOTNET_CLI_HOME"] = Home,
            ["XDG_DATA_HOME"] = Path.Combine(Home, ".local", "share"),
            ["PATH"] = $"{Path.Combine(Home, ".dotnet", "tools")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            // Somebody at a terminal need not say it.
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_AUTHOR_NAME"] = "Ada",
            ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
            ["GIT_COMMITTER_NAME"] = "Ada",
            ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
        };
        foreach (var (name, value) in server?.Variables ?? [])
        {
            variables[name] = value;
        }
    }

    public string Home => Path.Combine(scratch, "home");

    /// <param name="server">The reader's server; null where a page needs none.</param>
    public static async Task<TutorialMachine> StartAsync(TutorialServer? server = null)
    {
        var machine = new TutorialMachine(server);
        var samples = Path.Combine(InstalledTool.Repository, "tests", "Samples");
        await File.WriteAllTextAsync(Path.Combine(machine.scratch, "nuget.config"), $"""<configuration><packageSources><add key="here" value="{await InstalledTool.PackedAsync()}" /></packageSources></configuration>""");
        await File.WriteAllTextAsync(Path.Combine(machine.scratch, "Directory.Build.props"), $"""<Project><Import Project="{samples}/Directory.Build.props" /></Project>""");
        await File.WriteAllTextAsync(Path.Combine(machine.scratch, "Directory.Build.targets"), $"""
            <Project>
              <ItemGroup>
                <PackageReference Remove="Microsoft.EntityFrameworkCore.Sqlite;Npgsql.EntityFrameworkCore.PostgreSQL;Microsoft.EntityFrameworkCore.Design" />
              </ItemGroup>
              <PropertyGroup>
                <EfVersion>10.0.14</EfVersion>
                <EfProvider>{(server is null ? "Sqlite" : "PostgreSQL")}</EfProvider>
                <EfDesign>true</EfDesign>
              </PropertyGroup>
              <Import Project="{samples}/Directory.Build.targets" />
            </Project>
            """);
        return machine;
    }

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text);

    /// <returns>What the command printed, and its exit code; the next one begins where it has gone.</returns>
    public async Task<(int Code, string Output)> TypeAsync(string command)
    {
        var own = new Dictionary<string, string>(variables);
        if (command.StartsWith("dotnet tool restore", StringComparison.Ordinal))
        {
            // Another package of the same version may be known here.
            own["NUGET_PACKAGES"] = Path.Combine(Home, "packages");
        }
        var ended = await Shell.RunAsync(folder, "sh", ["-c", $"{{ {command}\n}} 2>&1; code=$?; pwd >\"$DOTNET_CLI_HOME.at\"; exit $code"], environment: own);
        folder = (await File.ReadAllTextAsync($"{Home}.at")).Trim();
        return (ended.Code, ended.Output + ended.Error);
    }

    /// <summary>What a reader sets to something of his own.</summary>
    public bool HasOwn(string variable) => server?.Variables.ContainsKey(variable) == true;

    /// <summary>A text as it would be on the machine of somebody else.</summary>
    public string Elsewhere(string text) =>
        (server?.Elsewhere(text) ?? text).Replace(Home, "~", StringComparison.Ordinal).Replace($"{Environment.UserName}@{Environment.MachineName}", "ada@laptop", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(scratch, recursive: true);
}
