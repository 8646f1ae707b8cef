using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates.Histories;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>The history of a column, as a person and a program read it.</summary>
public sealed class AHistoryIsTold
{
    private static readonly TableName Orders = new(null, "Orders");

    private static readonly ChangeSet Set = new([
        Migration("20260101000000_Initial", new CreateTable(new Table(Orders, [new("Id", "int", false), new("Note", "text", true)]))),
        Migration("20260201000000_RenameNoteToSomethingThatSaysWhatItIsAndTakesAWholeLine", new RenameColumn(Orders, "Note", "Remark")),
        Migration("20260301000000_Index", new CreateIndex(Orders, new("IX_Orders_Remark", ["Remark"]))) with { Phase = new("Search", "Expand") },
        Migration(Origin.PendingModel, new DropColumn(Orders, "Remark")),
    ]);

    [Fact]
    public void OnATerminal()
    {
        var text = Text(History);

        text.ShouldBe("""

              Shop · ShopContext · Orders.Remark
              3 migrations touched it · database: shop@db:5432

              20260101000000_Initial
                as Orders.Note, its name then
                Orders is created
                committed 2026-01-01 by Ann (01234567)
                applied, time unknown

              20260201000000_RenameNoteToSomethingThatSaysWhatItIsAndTakesAWholeLine
                Orders.Note is renamed to Remark
                committed before the history of this shallow clone begins
                applied 2026-02-02 03:04 UTC by ci@build

              20260301000000_Index
                IX_Orders_Remark is created on Orders
                the expand of Search
                not committed yet
                not applied

              (model changes without a migration)
                Orders.Remark is dropped

            """);
        text.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public void OutsideARepositoryAndWithoutADatabase() => Text(History with { Origins = null, Silent = "The project is in no git repository: nobody knows who wrote the migrations.", Target = null, Arrivals = new Dictionary<string, Arrival>() })
        .ShouldStartWith("""

              Shop · ShopContext · Orders.Remark
              3 migrations touched it
              The project is in no git repository: nobody knows who wrote the migrations.

              20260101000000_Initial
                as Orders.Note, its name then
                Orders is created

            """);

    [Fact]
    public void WithoutAJournal() => Text(History with { LacksJournal = true }).ShouldContain("  The database has no journal: it knows which migrations it has, and not since\n    when.\n");

    /// <summary>A name may be anything, and an author's too.</summary>
    [Fact]
    public void NothingSteersTheTerminal()
    {
        var origins = new Dictionary<string, FileOrigin> { ["Migrations/20260101000000_Initial.cs"] = new("0123456789", "A\u001b[2Jnn\u0007", "", At(1)) };

        Text(History with { Origins = origins }).ShouldContain("by A\uFFFD[2Jnn\uFFFD (01234567)");
    }

    [Fact]
    public void ToAProgram()
    {
        var told = JsonNode.Parse(HistoryReport.Json(History))!;

        (told["table"]!.GetValue<string>(), told["column"]!.GetValue<string>(), told["schema"], told["database"]!.GetValue<string>(), told["journal"]!.GetValue<bool>()).ShouldBe(("Orders", "Remark", null, "shop@db:5432", true));
        var migrations = told["migrations"]!.AsArray();
        migrations.Count.ShouldBe(4);
        var first = migrations[0]!;
        first["calledThen"]!.GetValue<string>().ShouldBe("Orders.Note");
        first["file"]!.GetValue<string>().ShouldBe("Migrations/20260101000000_Initial.cs");
        first["commit"]!["id"]!.GetValue<string>().ShouldBe("0123456789abcdef");
        first["applied"]!["state"]!.GetValue<string>().ShouldBe("TimeUnknown");
        first["changes"]![0]!.ToJsonString().ShouldBe("""{"text":"Orders is created","change":"CreateTable","table":"Orders","column":null,"line":12}""");
        migrations[1]!["commit"].ShouldBeNull();
        migrations[1]!["applied"]!["run"]!.GetValue<string>().ShouldBe("run1");
        (migrations[2]!["plan"]!.GetValue<string>(), migrations[2]!["phase"]!.GetValue<string>()).ShouldBe(("Search", "Expand"));
        (migrations[3]!["pendingModel"]!.GetValue<bool>(), migrations[3]!["applied"]).ShouldBe((true, null));
    }

    private static History History => new("Shop", "ShopContext", Trail.Of(Set, "Orders.Note"))
    {
        Origins = new Dictionary<string, FileOrigin>
        {
            ["Migrations/20260101000000_Initial.cs"] = new("0123456789abcdef", "Ann", "ann@example.com", At(1)),
            [$"Migrations/{Set.Migrations[1].Id}.cs"] = new("fedcba", "Bob", "", At(2)) { IsEdge = true },
        },
        Target = "shop@db:5432",
        Arrivals = new Dictionary<string, Arrival>
        {
            [Set.Migrations[0].Id] = new(ArrivalState.TimeUnknown, null, null),
            [Set.Migrations[1].Id] = new(ArrivalState.Applied, At(2), "ci@build") { Run = "run1" },
            [Set.Migrations[2].Id] = new(ArrivalState.NotApplied, null, null),
        },
    };

    private static DateTimeOffset At(int month) => new(2026, month, month, 3, 4, 5, TimeSpan.Zero);

    private static MigrationChanges Migration(string id, Change change) => new(
        id, id.StartsWith("20260101", StringComparison.Ordinal) ? DatabaseModel.Empty : new([new(Orders, [new("Id", "int", false), new(id.StartsWith("202602", StringComparison.Ordinal) ? "Note" : "Remark", "text", true)])]),
        [change with { Origin = new(id, 0, change.GetType().Name) { File = id == Origin.PendingModel ? null : $"Migrations/{id}.cs", Line = 12 } }]);

    private static string Text(History history)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new HistoryReport(history, UnwrappedConsole.On(text)).Write();
        return text.ToString().ReplaceLineEndings("\n");
    }
}
