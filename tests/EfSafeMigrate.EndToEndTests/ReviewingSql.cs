using System.Text.Json;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>A text in place of a project: any folder, no build, no database.</summary>
[Collection(nameof(InstalledTool))]
public sealed class ReviewingSql(InstalledTool tool)
{
    private const string Script = """
        -- Tier of a customer
        ALTER TABLE customers ADD COLUMN tier int NOT NULL DEFAULT 0;
        BEGIN;
          CREATE INDEX ix_orders_placed ON orders (placed_at);
        COMMIT;
        DO $$
        BEGIN
          EXECUTE 'ALTER TABLE orders DROP COLUMN note';
          -- safe-migrate: ignore raw-sql-opaque because the setting names an empty table
          EXECUTE 'ANALYZE ' || current_setting('shop.table');
        END $$;
        -- safe-migrate: ignore drop-table because nobody reads it
        SELECT 1;
        """;

    [Fact]
    public async Task ReportIsAsApproved()
    {
        var folder = Folder(("change.sql", Script), ("schema.sql", "CREATE TABLE customers (id int PRIMARY KEY); CREATE TABLE orders (id int PRIMARY KEY, note text, placed_at date);"));

        var text = await tool.RunAsync(folder, ["review", "--sql", "change.sql", "--engine", "postgresql", "--schema", "schema.sql", "--assume", "orders=5000000"]);

        Approved.ShouldBe("change.sql.txt", text.Output);
        text.Code.ShouldBe(1);
        text.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task JsonHasPlacesAndWaivers()
    {
        var result = await tool.RunAsync(Folder(("change.sql", Script)), ["review", "--sql", "change.sql", "--engine", "postgresql", "--json"]);

        using var document = JsonDocument.Parse(result.Output);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().ToArray();
        Place(findings.Single(finding => Rule(finding) == "create-index-blocking")).ShouldBe(("change.sql", 4, 3));
        Place(findings.Single(finding => Rule(finding) == "drop-column")).ShouldBe(("change.sql", 8, 12));
        var waived = findings.Single(finding => Rule(finding) == "raw-sql-opaque");
        Place(waived).ShouldBe(("change.sql", 10, 3));
        waived.GetProperty("waiver").GetProperty("reason").GetString().ShouldBe("the setting names an empty table");
        document.RootElement.GetProperty("unusedWaivers").EnumerateArray().Single().GetProperty("line").GetInt32().ShouldBe(12);
        document.RootElement.GetProperty("project").GetString().ShouldBe("change.sql");
        document.RootElement.GetProperty("context").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("transaction").GetString().ShouldBe("explicit");
    }

    [Fact]
    public async Task StandardInputIsRead()
    {
        var result = await tool.RunInShellAsync(Folder(("a.sql", "DROP TABLE a;")), "dotnet safe-migrate review --sql - --engine sqlite --json < a.sql");

        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("file").GetString()).ShouldAllBe(file => file == "<stdin>");
        result.Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("postgresql", "CREATE INDEX CONCURRENTLY ix ON orders (note);", "explicit", 0)]
    [InlineData("postgresql", "CREATE INDEX CONCURRENTLY ix ON orders (note);", "migration", 1)]
    [InlineData("postgresql", "BEGIN; CREATE INDEX CONCURRENTLY ix ON orders (note);", "explicit", 1)]
    [InlineData("postgresql", "BEGIN; COMMIT; CREATE INDEX CONCURRENTLY ix ON orders (note);", "explicit", 0)]
    [InlineData("postgresql", "DO $$ BEGIN CREATE INDEX CONCURRENTLY ix ON orders (note); END $$;", "none", 1)]
    [InlineData("mysql", "ALTER TABLE orders DROP COLUMN note;", "explicit", 1)]
    [InlineData("mariadb", "CREATE TABLE a (id int PRIMARY KEY);", "explicit", 0)]
    [InlineData("sqlite", "ALTER TABLE orders ADD COLUMN memo TEXT;", "explicit", 0)]
    public async Task TheExitCodeIsTheVerdict(string engine, string sql, string transaction, int code)
    {
        var result = await tool.RunAsync(Folder(("a.sql", sql)), ["review", "--sql", "a.sql", "--engine", engine, "--transaction", transaction]);

        result.Code.ShouldBe(code, result.Output + result.Error);
    }

    [Theory]
    [InlineData("--sql and --project exclude each other.", "review", "--sql", "a.sql", "--engine", "sqlite", "--project", "x")]
    [InlineData("--sql and --connect exclude each other.", "review", "--sql", "a.sql", "--engine", "sqlite", "--connect")]
    [InlineData("--engine belongs to --sql and --source.", "review", "--engine", "sqlite")]
    [InlineData("--sql does not say what it is written for.", "review", "--sql", "a.sql")]
    [InlineData("`--engine oracle` is not an engine.", "review", "--sql", "a.sql", "--engine", "oracle")]
    [InlineData("There is no file `b.sql`.", "review", "--sql", "b.sql", "--engine", "sqlite")]
    [InlineData("There is no file `b.sql`.", "review", "--sql", "a.sql", "--engine", "sqlite", "--schema", "b.sql")]
    [InlineData("`.` is a folder.", "review", "--sql", ".", "--engine", "sqlite")]
    [InlineData("`empty.sql` is empty.", "review", "--sql", "empty.sql", "--engine", "sqlite")]
    [InlineData("comment.sql holds no statement.", "review", "--sql", "comment.sql", "--engine", "sqlite")]
    [InlineData("`--transaction some` is not known.", "review", "--sql", "a.sql", "--engine", "sqlite", "--transaction", "some")]
    [InlineData("`--server-version new` is not a version.", "review", "--sql", "a.sql", "--engine", "sqlite", "--server-version", "new")]
    [InlineData("names the table `b`", "review", "--sql", "a.sql", "--engine", "sqlite", "--assume", "b=1")]
    public async Task ABadCallIsOneSentence(string sentence, params string[] arguments)
    {
        var result = await tool.RunAsync(Folder(("a.sql", "DROP TABLE a;"), ("empty.sql", ""), ("comment.sql", "-- nothing")), arguments);

        result.Code.ShouldBe(2, result.Output + result.Error);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain(sentence);
        result.Error.TrimEnd('\n').Split('\n').Length.ShouldBe(2, result.Error);
    }

    private static (string? File, int Line, int Column) Place(JsonElement finding) =>
        (finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("lineColumn").GetInt32());

    private static string? Rule(JsonElement finding) => finding.GetProperty("rule").GetString();

    private string Folder(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tool.Scratch, $"sql-{Guid.NewGuid():N}")).FullName;
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
        return folder;
    }
}
