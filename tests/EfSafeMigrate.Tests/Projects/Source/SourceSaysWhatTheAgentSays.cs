using EfSafeMigrate.Commands;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using Spectre.Console;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>The samples without a build, held against what was approved of the agent's reviews of them.</summary>
public class SourceSaysWhatTheAgentSays
{
    private const double Share = 0.02;

    /// <summary>Where source mode says something else, and why; at most two findings in a hundred.</summary>
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["20260104000000_AddGrade"] = "the column's name comes from an environment variable, which source mode does not ask",
    };

    public static TheoryData<string, string, string> Samples => new()
    {
        { "Shop", "ShopContext", "Shop.all.txt" },
        { "Library", "LibraryContext", "Library.all.txt" },
        { "Legacy", "WorkshopContext", "Legacy.all.txt" },
        { "Pair/Pair.Data", "OrderingContext", "Pair.OrderingContext.txt" },
        { "Pair/Pair.Data", "BillingContext", "Pair.BillingContext.txt" },
        { "Tiny", "NotesContext", "Tiny.all.txt" },
        { "Phases", "StoreContext", "Phases.all.txt" },
        { "Busy", "GuardedContext", "Busy.all.txt" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Of_all_migrations(string sample, string context, string approved)
    {
        var agent = Migrations(Approved(approved));
        var source = Migrations(Review(sample, context, ids => ids));

        Same(source, agent);
    }

    /// <summary>The schema in front of each comes from the Designer of the one before.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Of_each_migration_by_itself(string sample, string context, string approved)
    {
        var agent = Migrations(Approved(approved));
        var source = new Dictionary<string, string>();
        foreach (var id in agent.Keys)
        {
            source[id] = Migrations(Review(sample, context, ids => [id]))[id];
        }

        Same(source, agent);
    }

    [Fact]
    public void But_for_at_most_two_findings_in_a_hundred()
    {
        var rows = Samples.Select(row => (Item1: (string)row[0], Item2: (string)row[1], Item3: (string)row[2])).ToArray();
        var agent = rows.SelectMany(row => Migrations(Approved(row.Item3))).ToArray();
        var source = rows.SelectMany(row => Migrations(Review(row.Item1, row.Item2, ids => ids))).ToArray();

        var differing = agent.Concat(source).Where(migration => Differing.ContainsKey(migration.Key)).Sum(migration => Findings(migration.Value));
        ((double)differing / agent.Sum(migration => Findings(migration.Value))).ShouldBeLessThanOrEqualTo(Share);
        Differing.Keys.ShouldBeSubsetOf(agent.Select(migration => migration.Key), "what is listed exists");
    }

    private static void Same(Dictionary<string, string> source, Dictionary<string, string> agent)
    {
        source.Keys.ShouldBe(agent.Keys);
        foreach (var (id, said) in agent)
        {
            (source[id] == said).ShouldBe(!Differing.ContainsKey(id), $"{id}\nsource:\n{source[id]}\nagent:\n{said}");
        }
    }

    private static int Findings(string migration) => migration.Split('\n').Count(line => line.StartsWith("  ✗ ", StringComparison.Ordinal) || line.StartsWith("  ! ", StringComparison.Ordinal));

    private static string Approved(string file) => File.ReadAllText(Path.Combine(Approval.Root, "tests", "EfSafeMigrate.EndToEndTests", "Approved", file)).ReplaceLineEndings("\n");

    /// <summary>What the report says of each migration, by id: severity, rules, messages, places, cures, and what is safe.</summary>
    private static Dictionary<string, string> Migrations(string report) => report.Split("\n\n")
        .Where(part => part.StartsWith("  20", StringComparison.Ordinal))
        .ToDictionary(part => part.Trim().Split(' ')[0], part => part);

    private static string Review(string sample, string context, Func<IReadOnlyList<string>, IReadOnlyList<string>> choose)
    {
        var tree = SourceTree.InFolder(Path.Combine(Approval.Root, "tests", "Samples", sample));
        var review = SourceReview.Of(tree, Path.GetFileName(sample), context, null, choose, new(new GivenFacts(null, []), Together: false, new(new SafeMigrateSettings(), Policy.None, Advice: false, Severity.Dangerous), null));
        var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 10_000;
        new TextReport(console).Write(review);
        return writer.ToString().ReplaceLineEndings("\n");
    }
}
