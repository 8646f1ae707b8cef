namespace EfSafeMigrate.EndToEndTests;

/// <summary>Each gives one clear sentence and the next step, exit code 2, no stack trace, and leaves nothing running.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class BrokenProjects(InstalledTool tool)
{
    [Fact]
    public async Task DoesNotBuild() => await Refused(
        project => File.AppendAllText(Path.Combine(project, "Note.cs"), "class Broken { int x = \"a\"; }"),
        "does not build: Note.cs(", "dotnet build Tiny.csproj");

    [Fact]
    public async Task HasNoContext() => await Refused(
        project =>
        {
            Directory.Delete(Path.Combine(project, "Migrations"), recursive: true);
            File.Delete(Path.Combine(project, "NotesContext.cs"));
            File.WriteAllText(Path.Combine(project, "Program.cs"), "System.Console.WriteLine(1);");
        },
        "No DbContext was found", "--project");

    [Fact]
    public async Task HasTwoContexts() => await Refused(
        project => File.WriteAllText(Path.Combine(project, "Second.cs"), """
            using Microsoft.EntityFrameworkCore;
            namespace Tiny;
            public class SecondContext : DbContext
            {
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=second.db");
            }
            """),
        "The project has 2 contexts: NotesContext, SecondContext.", "--context NotesContext");

    [Fact]
    public async Task LacksDesign() => await Refused(
        project => Edit(project, "Tiny.csproj", text => text
            .Replace("<EfDesign>true</EfDesign>", "", StringComparison.Ordinal)
            // A version whose Design package is in no packages folder of this machine.
            .Replace("10.0.14", "10.0.11", StringComparison.Ordinal)),
        "does not reference Microsoft.EntityFrameworkCore.Design", "dotnet add Tiny.csproj package Microsoft.EntityFrameworkCore.Design --version 10.0.11");

    [Fact]
    public async Task ThrowsInItsStartUp() => await Refused(
        project => MakeWeb(project, "throw new System.InvalidOperationException(\"The licence has expired.\");"),
        "The licence has expired.", "design-time factory");

    [Fact]
    public async Task EndsTheProcessInItsStartUp() => await Refused(
        project => MakeWeb(project, "System.Environment.Exit(7);"),
        "The application ended while it was being loaded (exit code 7)", "--verbose");

    [Fact]
    public async Task UsesAProviderNobodyKnows() => await Refused(
        UseUnknownProvider, "uses the provider `Tiny`, which this version does not know", "supported are");

    [Fact]
    public async Task CannotReachItsDatabase() => await Refused(
        _ => { }, "There is no database at `/no/such/folder/x.db`.", "correct the connection", ["review", "--connection", "Data Source=/no/such/folder/x.db"]);

    [Fact]
    public async Task IsNoProject() => await Refused(
        project => File.Delete(Path.Combine(project, "Tiny.csproj")), "There is no project file in", "--project");

    [Fact]
    public async Task HasNoSuchMigration() => await Refused(
        _ => { }, "There is no migration `Nonsense`.", "the newest is", ["review", "--migration", "Nonsense"]);

    [Fact]
    public async Task HasNotBeenBuilt() => await Refused(
        _ => { }, "has not been built", "leave out --no-build", ["review", "--no-build"]);

    [Theory]
    [InlineData("Unrecognized option '--nonsense'", "review", "--nonsense")]
    [InlineData("is not a severity", "review", "--fail-on", "red")]
    [InlineData("is not a positive number", "review", "--last", "none")]
    [InlineData("exclude each other", "review", "--all", "--last", "2")]
    [InlineData("is not TABLE=ROWS", "review", "--assume", "Orders")]
    [InlineData("is not a version", "review", "--server-version", "new")]
    [InlineData("There is no project `Nowhere`", "review", "--project", "Nowhere")]
    [InlineData("The environment variable `NO_SUCH_VARIABLE` is not set", "review", "--connection-env", "NO_SUCH_VARIABLE")]
    [InlineData("exclude each other", "review", "--connect", "--connection-env", "X")]
    [InlineData("exclude each other", "apply", "--rehearse", "--plan-only")]
    [InlineData("says how to rehearse", "apply", "--sample", "10%")]
    [InlineData("is no share of the rows", "rehearse", "--sample", "150%")]
    [InlineData("is no place for a scratch database", "rehearse", "--scratch", "somewhere")]
    public async Task IsCalledWrongly(string sentence, params string[] arguments) => await Refused(_ => { }, sentence, "", arguments);

    [Theory]
    [InlineData("for (var line = 0; line < 100_000; line++) System.Console.WriteLine(new string('x', 100));")]
    [InlineData("System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"while true; do echo noise; sleep 0.05; done\"]);")]
    public async Task NoiseOfTheStartUpIsNoFailureAndNothingSurvives(string startUp)
    {
        var project = tool.Copy("Tiny");
        MakeWeb(project, startUp);
        var mark = Guid.NewGuid().ToString("N");

        var result = await tool.RunAsync(project, ["review", "--all", "--json"], mark);

        result.Code.ShouldBe(0, result.Error);
        System.Text.Json.JsonDocument.Parse(result.Output).Dispose();
        (await Shell.LeftRunningAsync(mark)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ConnectionStringInPlaceOfAVariableIsNotRepeated()
    {
        var result = await tool.RunAsync(tool.Sample("Tiny"), ["review", "--connection-env", "Host=db;Password=s3cret"]);

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("takes the name of an environment variable");
        (result.Error + result.Output).ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("INT", 3)]
    [InlineData("TERM", 3)]
    [InlineData("KILL", 137)]
    public async Task StoppedWhileTheStartUpHangsLeavesNothing(string signal, int code)
    {
        var project = tool.Copy("Tiny");
        MakeWeb(project, "System.Diagnostics.Process.Start(\"sleep\", \"600\"); System.IO.File.WriteAllText(\"started\", \"\"); System.Threading.Thread.Sleep(600_000);");
        var mark = Guid.NewGuid().ToString("N");
        var running = tool.RunAsync(project, ["review"], mark);
        for (var waited = 0; !File.Exists(Path.Combine(project, "started")) && waited < 1200; waited++)
        {
            await Task.Delay(100);
        }

        await Shell.RunAsync(project, "sh", ["-c", $"for p in /proc/[0-9]*; do grep -qzx SAFE_MIGRATE_TEST_RUN={mark} $p/environ 2>/dev/null && grep -qz dotnet-safe-migrate $p/cmdline && kill -{signal} ${{p#/proc/}}; done; true"]);
        var result = await running;

        result.Code.ShouldBe(code, result.Error);
        // Killed, the tool cannot end the agent: the agent sees the pipe end and waits five seconds for what it is doing.
        (await Shell.LeftRunningAsync(mark, signal == "KILL" ? 300 : 20)).ShouldBeEmpty();
    }

    /// <summary>SQLite under another assembly's name.</summary>
    internal static void UseUnknownProvider(string project)
    {
        Edit(project, "NotesContext.cs", text => text.Replace("UseSqlite(", "UseAcme(", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(project, "Acme.cs"), """
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal;
            using Microsoft.EntityFrameworkCore.Storage;
            namespace Tiny;
            public class AcmeProvider(DatabaseProviderDependencies dependencies) : DatabaseProvider<AcmeExtension>(dependencies)
            {
                public override bool IsConfigured(IDbContextOptions options) => true;
            }
            public class AcmeExtension : SqliteOptionsExtension;
            public static class AcmeOptions
            {
                public static DbContextOptionsBuilder UseAcme(this DbContextOptionsBuilder options, string connection) =>
                    options.UseSqlite(connection).ReplaceService<IDatabaseProvider, AcmeProvider>();
            }
            """);
    }

    /// <summary>The context as a host registers it, so that nothing works unless the start-up runs.</summary>
    private static void MakeWeb(string project, string startUp)
    {
        Edit(project, "Tiny.csproj", text => text.Replace("Sdk=\"Microsoft.NET.Sdk\"", "Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal));
        Edit(project, "NotesContext.cs", text => text
            .Replace("class NotesContext : DbContext", "class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)", StringComparison.Ordinal)
            .Replace("protected override void OnConfiguring(DbContextOptionsBuilder options)", "", StringComparison.Ordinal)
            .Replace("=> options.UseSqlite(\"Data Source=notes.db\");", "", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(project, "Program.cs"), $$"""
            using Microsoft.EntityFrameworkCore;
            using Tiny;

            {{startUp}}
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDbContext<NotesContext>(options => options.UseSqlite("Data Source=notes.db"));
            builder.Build().Run();
            """);
    }

    private async Task Refused(Action<string> damage, string sentence, string next, string[]? arguments = null)
    {
        var project = tool.Copy("Tiny");
        damage(project);
        var mark = Guid.NewGuid().ToString("N");

        var result = await tool.RunAsync(project, arguments ?? ["review"], mark);

        result.Code.ShouldBe(2, result.Error + result.Output);
        result.Output.ShouldBeEmpty();
        var said = result.Error.TrimEnd('\n').Split('\n').Where(line => !line.EndsWith('…')).ToArray();
        said.Length.ShouldBe(2, result.Error);
        said[0].ShouldContain(sentence);
        said[1].ShouldStartWith("  → ");
        said[1].ShouldContain(next);
        result.Error.ShouldNotContain("   at ");
        (await Shell.LeftRunningAsync(mark)).ShouldBeEmpty();
    }

    private static void Edit(string project, string file, Func<string, string> edit)
    {
        var path = Path.Combine(project, file);
        var before = File.ReadAllText(path);
        var after = edit(before);
        after.ShouldNotBe(before, $"the edit of {file} found nothing to change");
        File.WriteAllText(path, after);
    }
}
