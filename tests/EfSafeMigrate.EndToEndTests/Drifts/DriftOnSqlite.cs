using EfSafeMigrate.EndToEndTests.Applying;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>SQLite keeps the text of what made a table: what other hands do to it is told as on a server, and its migrations leave no drift.</summary>
[Collection(nameof(FilesOfSqliteCollection))]
public sealed class DriftOnSqlite(InstalledTool tool)
{
    private static readonly SemaphoreSlim Preparing = new(1);
    private static string project = "";
    private static string clean = "";

    private const string Beyond = "is there, and no applied migration makes it";

    private static readonly OtherHands[] Told =
    [
        new(1, "ALTER TABLE Members ADD Colour TEXT", $"the column Members.Colour {Beyond}"),
        new(1, "ALTER TABLE Members DROP COLUMN Notes", "the column Members.Notes is not there"),
        new(1, "DROP INDEX IX_Members_Email", "the index IX_Members_Email on Members is not there"),
        new(2, "CREATE INDEX \"by \"\"hand\" ON Members (Notes)", $"the index by \"hand on Members {Beyond}"),
        new(1, "DROP VIEW OverdueLoans", "the view OverdueLoans is not there, and AddOverdueLoansView makes it"),
        new(1, "CREATE TRIGGER stop BEFORE INSERT ON Members BEGIN SELECT RAISE(ABORT, 'no'); END", $"the trigger stop on Members {Beyond}"),
        new(1, "DROP TABLE Fines", "the table Fines is not there"),
        new(1, "CREATE VIEW extra AS SELECT 1 AS one", "the view extra is there and was not"),
    ];

    public static TheoryData<string> ToldRounds => OtherHands.Rounds(Told);

    [Theory]
    [MemberData(nameof(ToldRounds))]
    public async Task ItIsTold(string round)
    {
        var hands = OtherHands.Of(Told, round);
        await ReadyAsync();
        var file = Path.Combine(tool.Scratch, $"library-{Guid.NewGuid():N}.db");
        File.Copy(clean, file);
        SqliteFile.Execute(file, $"PRAGMA foreign_keys = OFF; {string.Join("; ", hands.Select(each => each.Sql))}");

        var drift = await DriftAsync(file);

        drift.ShouldTell(hands);
    }

    private static readonly OtherHands[] Edits =
    [
        new(1, "\"Email\" TEXT NOT NULL", ["the column Members.Email may be NULL, and the model says that it may not"], "\"Email\" TEXT NULL"),
        new(1, "\"Notes\" TEXT", ["the column Members.Notes is BLOB, and the model says TEXT"], "\"Notes\" BLOB"),
        new(1, "\"IsActive\" INTEGER NOT NULL DEFAULT 1", ["the column Members.IsActive has the default 0, and the model says 1"], "\"IsActive\" INTEGER NOT NULL DEFAULT 0"),
        new(2, "\"Notes\" TEXT", ["the column Members.Notes is `TEXT COLLATE NOCASE` and was `TEXT`"], "\"Notes\" TEXT COLLATE NOCASE"),
        new(3, "\"Notes\" TEXT", ["the column Members.Notes is `TEXT CHECK ( LENGTH ( NOTES ) < 9 )` and was `TEXT`"], "\"Notes\" TEXT CHECK (length(Notes) < 9)"),
    ];

    public static TheoryData<string> EditRounds => OtherHands.Rounds(Edits);

    /// <summary>The statement that made the table, edited as a rebuild by hand would.</summary>
    [Theory]
    [MemberData(nameof(EditRounds))]
    public async Task InTheTextOfATable(string round)
    {
        var hands = OtherHands.Of(Edits, round);
        await ReadyAsync();
        var file = Path.Combine(tool.Scratch, $"library-{Guid.NewGuid():N}.db");
        File.Copy(clean, file);
        var text = SqliteFile.Lines(file, "SELECT sql FROM sqlite_master WHERE name = 'Members'").ShouldHaveSingleItem();
        hands.ShouldAllBe(each => text.Contains(each.Sql, StringComparison.Ordinal), text);
        SqliteFile.Execute(file, $"PRAGMA writable_schema = ON; {string.Join("; ", hands.Select(each => $"UPDATE sqlite_master SET sql = replace(sql, '{each.Sql}', '{each.Edited}') WHERE name = 'Members'"))}");

        var drift = await DriftAsync(file);

        drift.ShouldTell(hands);
    }

    /// <summary>The ordinary run looks at one.</summary>
    public static TheoryData<string, string, string?> Samples => RenamedSample.Full
        ? new() { { "Library", "Migrations", null }, { "Legacy", "Migrations", null }, { "Tiny", "Migrations", null }, { "Pair", "Pair.Data/Migrations/Ordering", "OrderingContext" } }
        : new() { { "Library", "Migrations", null } };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task NoneWhereNobodyWas(string sample, string folder, string? context)
    {
        var copy = tool.Copy(sample);
        string[] naming = context is null ? [] : ["--project", "Pair.Data", "--startup-project", "Pair.Web", "--context", context];
        await PhasedSample.BuildAsync(context is null ? copy : Path.Combine(copy, "Pair.Web"));
        var file = Path.Combine(tool.Scratch, $"{sample}-{Guid.NewGuid():N}.db");
        string[] ids = [.. Directory.GetFiles(Path.Combine(copy, folder), "*.cs").Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .Where(name => char.IsAsciiDigit(name[0]) && !name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        foreach (var id in ids.Where((id, at) => RenamedSample.Full || at % 8 == 0 || id == ids[^1]))
        {
            var applied = await tool.RunAsync(copy, ["apply", .. naming, "--no-build", "--to", id, "--connection", $"Data Source={file}", .. ids.SelectMany(each => new[] { "--accept-data-loss", each })]);
            applied.Code.ShouldBe(0, applied.Output + applied.Error);
            var drift = DriftSeen.Of(await tool.RunAsync(copy, ["drift", .. naming, "--no-build", "--json", "--connection", $"Data Source={file}"]));
            drift.ShouldBeClean($"{id}\n{drift.Raw}");
            drift.Notes.ShouldBeEmpty();
        }
    }

    /// <summary>Two contexts in one file: each leaves the other's tables in peace, and knows whose they are.</summary>
    [Fact]
    public async Task TwoContextsShareAFile()
    {
        var copy = tool.Copy("Pair");
        await PhasedSample.BuildAsync(Path.Combine(copy, "Pair.Web"));
        var file = Path.Combine(tool.Scratch, $"pair-{Guid.NewGuid():N}.db");
        foreach (var context in new[] { "OrderingContext", "BillingContext" })
        {
            var applied = await PairAsync("apply", context, "--accept-data-loss", "DropBuyerFax");
            applied.Code.ShouldBe(0, applied.Output + applied.Error);
        }
        foreach (var (context, other) in new[] { ("OrderingContext", "BillingContext"), ("BillingContext", "OrderingContext") })
        {
            var drift = DriftSeen.Of(await PairAsync("drift", context, "--json"));
            drift.ShouldBeClean(drift.Raw);
            drift.Apart.ShouldAllBe(table => table.EndsWith("History", StringComparison.Ordinal) || drift.Raw.Contains($$"""{"table":"{{table}}","context":"{{other}}"}""", StringComparison.Ordinal), drift.Raw);
            drift.Apart.Count.ShouldBeGreaterThan(4);
        }
        SqliteFile.Execute(file, "ALTER TABLE Accounts ADD Colour TEXT");
        DriftSeen.Of(await PairAsync("drift", "OrderingContext", "--json")).ShouldBeClean("another context's table");
        DriftSeen.Of(await PairAsync("drift", "BillingContext", "--json")).Found.ShouldBe([$"the column Accounts.Colour {Beyond}"]);

        Task<ShellResult> PairAsync(string verb, string context, params string[] arguments) =>
            tool.RunAsync(copy, [verb, "--project", "Pair.Data", "--startup-project", "Pair.Web", "--context", context, "--no-build", "--connection", $"Data Source={file}", .. arguments]);
    }

    private async Task ReadyAsync()
    {
        await Preparing.WaitAsync();
        try
        {
            if (clean.Length > 0 && File.Exists(clean))
            {
                return;
            }
            project = tool.Copy("Library");
            await PhasedSample.BuildAsync(project);
            var file = Path.Combine(tool.Scratch, "drift-library.db");
            var applied = await tool.RunAsync(project, ["apply", "--no-build", "--connection", $"Data Source={file}", "--accept-data-loss", "DropMemberFax"]);
            applied.Code.ShouldBe(0, applied.Output + applied.Error);
            SqliteFile.Execute(file, "PRAGMA wal_checkpoint(TRUNCATE)");
            clean = file;
        }
        finally
        {
            Preparing.Release();
        }
    }

    private async Task<DriftSeen> DriftAsync(string file) => DriftSeen.Of(await tool.RunAsync(project, ["drift", "--no-build", "--json", "--connection", $"Data Source={file}"]));
}
