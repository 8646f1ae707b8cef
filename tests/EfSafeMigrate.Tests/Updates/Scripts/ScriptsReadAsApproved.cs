using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Engines.Sqlite;
using EfSafeMigrate.Engines.SqlServer;

namespace EfSafeMigrate.Tests.Updates.Scripts;

/// <summary>Files as a person reads them before they run; UPDATE_APPROVED=1 writes them. sqlcmd is nowhere to be had, so its file is only read.</summary>
public class ScriptsReadAsApproved
{
    [Fact]
    public void ForSqlcmd() => Check("sqlcmd", SqlServer.Files().ShouldHaveSingleItem().Text);

    /// <summary>Whatever a migration's text holds, the client reads no line of it as its own.</summary>
    [Theory]
    [InlineData("GO")]
    [InlineData("go 5")]
    [InlineData("EXIT")]
    [InlineData("exit(SELECT 1)")]
    [InlineData("QUIT")]
    [InlineData("!! del C:\\shop.mdf")]
    [InlineData("!!dir")]
    [InlineData(":r other.sql")]
    [InlineData(":on error ignore")]
    [InlineData("RESET")]
    [InlineData("ED")]
    public void NoLineOfATextIsSqlcmds(string line)
    {
        string[] texts = [$"INSERT INTO [notes] VALUES ('a\n{line}\nb\r\n \t{line}\n')", $"{line}\nSELECT 1 /*\n{line}\n*/", $"-- begin\n{line}"];
        var text = new HandMade(SqlServerEngine.Value).With("20260101000000_Notes", texts).Files().ShouldHaveSingleItem().Text;
        var without = new HandMade(SqlServerEngine.Value).With("20260101000000_Notes", [.. texts.Select(each => each.Replace(line, "x", StringComparison.Ordinal))]).Files().ShouldHaveSingleItem().Text;
        Lines(text).ShouldBe(Lines(without));

        static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(':') || line.StartsWith("!!", StringComparison.Ordinal)
            || line.Split(' ', '(')[0].ToUpperInvariant() is "GO" or "EXIT" or "QUIT" or "RESET" or "ED")];
    }

    [Fact]
    public void ForPsql() => Check("psql contract", new HandMade(PostgresEngine.Value)
        .With("20260101000000_Expand", "CREATE TABLE items (id int)")
        .With("20260102000000_Contract",
            new PhaseMark("Titles", "Contract") { Counters = [new("sales", "old writes")], Filled = [new BackfillSpec(new("sales", "items"), ["id"], "title", "\"label\"")] },
            "ALTER TABLE items DROP COLUMN label -- gone", "alone:DROP INDEX CONCURRENTLY ix_label", "alone:CREATE INDEX CONCURRENTLY ix_title ON items (title);")
        .Files(quiet: TimeSpan.FromMinutes(10))[1].Text);

    [Fact]
    public void ForSqlite3() => Check("sqlite3", new HandMade(SqliteEngine.Value)
        .With("20260101000000_Rebuild", "CREATE TABLE ef_temp_items (id INTEGER)", "alone:PRAGMA foreign_keys = 0;", "DROP TABLE items;", "alone:PRAGMA foreign_keys = 1;")
        .Files()[0].Text);

    [Fact]
    public void AQuoteThatIsNeverClosedIsRefused() =>
        Should.Throw<SafeMigrateException>(() => new HandMade(PostgresEngine.Value).With("20260101000000_Open", "SELECT 1;\nSELECT 'it").Files())
            .Message.ShouldContain("in 20260101000000_Open is never closed, in the statement that begins in line 2");

    [Fact]
    public void AContractThatCannotBeAskedForIsLeftOut() =>
        Should.Throw<SafeMigrateException>(() => new HandMade(SqlServerEngine.Value).With("20260101000000_Drop", new PhaseMark("Plan", "Contract"), "DROP TABLE items").Files())
            .Next.ShouldContain("--until constrain");

    [Fact]
    public void ContractsStandApart()
    {
        var files = new HandMade(PostgresEngine.Value)
            .With("1_A", "SELECT 1").With("2_B", Contract("Two"), "SELECT 1").With("3_C", Contract("Two"), "SELECT 1").With("4_D", Contract("Four"), "SELECT 1").With("5_E/é", "SELECT 1")
            .Files(from: 0);
        files.Select(file => file.File.Name).ShouldBe(["01-A.sql", "02-C.sql", "03-D.sql", "04-E_é.sql"]);
        files.Select(file => string.Join(' ', file.File.Before)).ShouldBe(["", "1_A", "1_A 2_B 3_C", "1_A 2_B 3_C 4_D"]);
        files.Select(file => file.File.Evidence is null).ShouldBe([true, false, false, true]);
    }

    /// <summary>What the document quotes is what the files say, and it names every client.</summary>
    [Fact]
    public void TheDocumentIsTrue()
    {
        var document = File.ReadAllText(Path.Combine(Approval.Root, "docs", "scripts.md"));
        var contract = File.ReadAllText(Path.Combine(Approval.Root, "tests", "EfSafeMigrate.Tests", "Updates", "Scripts", "Approved", "psql contract.sql"));
        foreach (var quoted in document.Split('\n').Where(line => line.StartsWith("ERROR:  ", StringComparison.Ordinal)))
        {
            contract.ShouldContain(quoted["ERROR:  ".Length..]);
        }
        document.ShouldContain("Retire the old release; 600 seconds later run: psql \"$DATABASE\" -f ");
        contract.ShouldContain("Retire the old release; %s seconds later run: psql \"$DATABASE\" -f ");
        foreach (var forms in EngineBook.All.Where(engine => engine.HasScripts).Select(engine => engine.Scripts))
        {
            document.ShouldContain($"## {forms.Client}\n");
            document[document.IndexOf($"## {forms.Client}\n", StringComparison.Ordinal)..].Split("\n## ")[0].Contains("**Untried:**", StringComparison.Ordinal).ShouldBe(forms.Untried);
        }
    }

    private static HandMade SqlServer => new HandMade(SqlServerEngine.Value)
        .With("20260101000000_Initial", "CREATE TABLE [items] ([id] int NOT NULL)", "INSERT INTO [items] VALUES (1), ('it''s\nGO\nnot $(a) variable')")
        .With("20260102000000_Parts", "UPDATE [items] SET [id] = 2;", "alone:ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON;", "UPDATE [items] SET [id] = 3;");

    private static PhaseMark Contract(string plan) => new(plan, "Contract");

    private static void Check(string name, string text) => Approval.Check($"tests/EfSafeMigrate.Tests/Updates/Scripts/Approved/{name}.sql", text, "UPDATE_APPROVED");
}
