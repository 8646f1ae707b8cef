using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Phases;

/// <summary>What <c>script</c> writes is run by the real psql, as a team does that deploys without the tool.</summary>
[Collection(nameof(PhasedSample))]
public sealed partial class ScriptsEndLikeOneMigration(InstalledTool tool, PhasedSample sample)
{
    public static TheoryData<string> Names => PhasedSample.Long ? [.. Patterns.All.Select(pattern => pattern.Name)] : ["RenameIndexed"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FileByFileAndAgain(string name)
    {
        var pattern = Patterns.Named(name);
        await sample.ReadyAsync(tool);
        await using var scripted = await PhasedDatabase.CopyAsync(sample.Old, name);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, name);
        await sample.Driver.AskAsync(direct, pattern.Context, "direct");
        var (folder, files) = await WriteAsync(pattern);

        foreach (var (file, contract) in files)
        {
            var ended = await PsqlAsync(scripted, Path.Combine(folder, file));
            if (contract && ended.Code != 0)
            {
                ended.Error.ShouldContain("The contract waits for the old release to be gone.");
                await Task.Delay(TimeSpan.FromSeconds(1.1));
                ended = await PsqlAsync(scripted, Path.Combine(folder, file), "-v", Seen().Match(ended.Error).Value);
            }
            ended.Code.ShouldBe(0, ended.Output + ended.Error);
        }
        await IsAsync(pattern, scripted, direct);
        (await sample.Driver.AskAsync(scripted, pattern.Context, "pending")).ShouldBe("False");
        foreach (var (file, _) in files)
        {
            (await PsqlAsync(scripted, Path.Combine(folder, file))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.Error));
        }
        await IsAsync(pattern, scripted, direct);
    }

    /// <summary>EF puts what must stay outside a transaction into one, psql goes on behind the error, and the history says that it was done.</summary>
    [Fact]
    public async Task EFsOwnScriptRecordsWhatItDidNotDo()
    {
        var pattern = Patterns.Named("AddUniqueIndex");
        await sample.ReadyAsync(tool);
        await using var theirs = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
        await using var ours = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
        var ef = await DotnetEf.InstallAsync("10.0.14");
        var file = Path.Combine(tool.Scratch, "of-ef.sql");
        await ef.SucceedAsync(sample.Project, ["migrations", "script", "--idempotent", "--no-build", "--context", pattern.Context, "--output", file], Environs(theirs));
        var (folder, files) = await WriteAsync(pattern);
        const string index = """SELECT count(*) FROM pg_indexes WHERE indexdef LIKE 'CREATE UNIQUE INDEX%("Code")'""";
        const string history = """SELECT count(*) FROM "__EFMigrationsHistory" """;
        var ids = (await sample.Driver.AskAsync(ours, pattern.Context, "ids")).Split(' ').Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var ran = await PsqlAsync(theirs, file);
        ran.Code.ShouldBe(0);
        ran.Error.ShouldContain("ERROR:");
        (await theirs.LinesAsync(history)).ShouldBe([ids]);
        (await theirs.LinesAsync(index)).ShouldBe(["0"]);

        // A customer's code that is there twice: nothing is recorded, and the file goes on when that is put right.
        await ours.ExecuteAsync("""UPDATE "Customers" SET "Code" = 'C-1' WHERE "Id" = 2""");
        var failed = await PsqlAsync(ours, Path.Combine(folder, files[0].File));
        failed.Code.ShouldBe(3, failed.Output);
        (await ours.LinesAsync(history)).ShouldNotBe([ids]);
        await ours.ExecuteAsync("""UPDATE "Customers" SET "Code" = 'C-2' WHERE "Id" = 2""");
        (await PsqlAsync(ours, Path.Combine(folder, files[0].File))).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.Error));
        (await ours.LinesAsync(history)).ShouldBe([ids]);
        (await ours.LinesAsync(index)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task RunsAndScriptsGoOnForEachOther()
    {
        var pattern = Patterns.Named("RenameIndexed");
        await sample.ReadyAsync(tool);
        await using var database = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
        await using var direct = await PhasedDatabase.CopyAsync(sample.Old, pattern.Name);
        var (folder, files) = await WriteAsync(pattern);
        var text = await File.ReadAllTextAsync(Path.Combine(folder, files[0].File));
        var cut = Path.Combine(folder, "cut.sql");
        await File.WriteAllTextAsync(cut, text.Replace("CREATE INDEX CONCURRENTLY", "\\quit\nCREATE INDEX CONCURRENTLY", StringComparison.Ordinal));
        (await PsqlAsync(database, cut)).Code.ShouldBe(0);
        (await database.LinesAsync("SELECT run, done FROM safe_migrate.checkpoint")).ShouldBe(["script | 1"]);

        var applied = await tool.RunAsync(sample.Project, ["apply", "--no-build", "--context", pattern.Context], environment: Environs(database));
        applied.Code.ShouldBe(0, applied.Output + applied.Error);
        var pending = Path.Combine(tool.Scratch, "pending");
        var written = await tool.RunAsync(sample.Project, ["script", "--no-build", "--context", pattern.Context, "--connect", "-o", pending], environment: Environs(database));
        written.Code.ShouldBe(0, written.Error);
        var contract = Directory.GetFiles(pending).ShouldHaveSingleItem();
        Path.GetFileName(contract).ShouldBe("01-RenameIndexed4Contract.sql");
        (await File.ReadAllTextAsync(contract)).ShouldNotContain(new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!);
        (await PsqlAsync(database, contract, "-v", "seen=unused")).ShouldSatisfyAllConditions(ended => ended.Code.ShouldBe(0, ended.Error));
        await sample.Driver.AskAsync(direct, pattern.Context, "direct");
        await IsAsync(pattern, database, direct);
    }

    [Fact]
    public async Task FilesOfOthersStayAndOldOnesGo()
    {
        var pattern = Patterns.Named("RenameIndexed");
        await sample.ReadyAsync(tool);
        var folder = Path.Combine(tool.Scratch, "kept");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "03-mine.sql"), "SELECT 1;");
        (await RunAsync()).Code.ShouldBe(0);
        var all = Directory.GetFiles(folder).Length;
        all.ShouldBe(3);
        (await RunAsync("--until", "expand")).Code.ShouldBe(0);
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["01-RenameIndexed1Expand.sql", "03-mine.sql"], ignoreOrder: true);
        await File.WriteAllTextAsync(Path.Combine(folder, "02-RenameIndexed4Contract.sql"), "SELECT 2;");
        var refused = await RunAsync();
        refused.Code.ShouldBe(2, refused.Output);
        refused.Error.ShouldContain("was not written by this command");
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["01-RenameIndexed1Expand.sql", "02-RenameIndexed4Contract.sql", "03-mine.sql"], ignoreOrder: true);
        var both = await RunAsync("--connect", "--to", "Initial");
        both.Code.ShouldBe(2);
        both.Error.ShouldContain("--from and --to exclude a connection.");

        Task<ShellResult> RunAsync(params string[] arguments) => tool.RunAsync(sample.Project, ["script", "--no-build", "--context", pattern.Context, "-o", folder, .. arguments]);
    }

    private static async Task IsAsync(Pattern pattern, PhasedDatabase actual, PhasedDatabase wanted)
    {
        (await Catalogue.SchemaAsync(actual)).ShouldBe(await Catalogue.SchemaAsync(wanted));
        (await Catalogue.DataAsync(actual, pattern.Random)).ShouldBe(await Catalogue.DataAsync(wanted, pattern.Random));
    }

    /// <summary>Written from the migrations alone, with a quiet period that a test can wait for.</summary>
    private async Task<(string Folder, IReadOnlyList<(string File, bool Contract)> Files)> WriteAsync(Pattern pattern)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"scripts-{Guid.NewGuid():N}")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, ".config"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".config", "safe-migrate.json"), """{ "schemaVersion": 1, "quietPeriod": "1s" }""");
        var written = await tool.RunAsync(folder, ["script", "--project", sample.Project, "--no-build", "--context", pattern.Context, "--json", "-o", "out"], environment: new Dictionary<string, string> { ["PHASES"] = "Host=nowhere.invalid;Password=hidden" });
        written.Code.ShouldBe(0, written.Error);
        using var document = JsonDocument.Parse(written.Output);
        var files = document.RootElement.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("file").GetString()!, file.GetProperty("contract").GetBoolean())).ToArray();
        Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).ShouldBe(files.Select(file => file.Item1), ignoreOrder: true);
        return (Path.Combine(folder, "out"), files);
    }

    private static Dictionary<string, string> Environs(PhasedDatabase database) => new() { ["PHASES"] = database.ConnectionString };

    private static Task<ShellResult> PsqlAsync(PhasedDatabase database, string file, params string[] arguments)
    {
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        return Shell.RunAsync(Path.GetDirectoryName(file)!, "psql", ["-X", "-f", file, .. arguments], environment: new Dictionary<string, string>
        {
            ["PGHOST"] = at.Host!, ["PGPORT"] = at.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["PGUSER"] = at.Username!, ["PGPASSWORD"] = at.Password ?? "", ["PGDATABASE"] = at.Database!,
        });
    }

    [GeneratedRegex("seen=[0-9-]+")]
    private static partial Regex Seen();
}
