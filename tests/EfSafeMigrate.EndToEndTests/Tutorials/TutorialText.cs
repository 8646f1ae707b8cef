using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>What a command prints, with what differs from run to run made the same.</summary>
internal static partial class TutorialText
{
    private static readonly (Regex What, string Instead)[] Varying =
    [
        (new(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), "2026-09-01 10:00:00"),
        (new(@"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "2026-09-01 10:00 UTC"),
        (new(@"(?<=committed |\()\d{4}-\d\d-\d\d"), "2026-09-01"),
        (new(@"(?<=-)\d{8}-\d{6}-[0-9a-f]{12}"), "20260901-100000-0123456789ab"),
        (new(@"\b[0-9a-f]{4}(-[0-9a-f]{4}){3}\b"), "58d6-6b47-c301-0f4a"),
        (new(@"\([0-9a-f]{8}\)"), "(0a1b2c3d)"),
        (new(@"process \d+ on \S+?(?=\))"), "process 4711 on laptop"),
        (new(@"safe-migrate-scratch-\d+-\w+"), "safe-migrate-scratch-4711-abcdef"),
        (new(@"safe_migrate_scratch_[0-9a-f]+_[0-9a-f]+_\d+"), "safe_migrate_scratch_0123456789ab"),
        (new(@"PostgreSQL \d+(\.\d+)?"), "PostgreSQL 15.18"),
        // What was seen of the locks, by looking many times a second.
        (new(@"(?<=releases work · )longest lock about \d+(\.\d+)? m?s( · \d+ things? that review did not know)?"), "longest lock about 0.1 s"),
        // A lock that was held long enough to be told of.
        (new(@"(?<=  )lock \d+(\.\d+)? m?s(?=  )"), "      "),
        (new(@"(a\s+moment|\d+\s+minutes?)\s+ago"), "1 minute ago"),
        // The journal is counted too, and says more of a run that had to try again.
        (new(@"\b10,\d{3}(?=\s+rows\b)"), "10,010"),
        (new(@"\d+(\.\d+)? [KM]B\b"), "48 KB"),
        (new(@"\d+(\.\d+)? rows/s"), "100 rows/s"),
    ];

    public static IEnumerable<string> Shown(string output, TutorialMachine machine)
    {
        var text = Varying.Aggregate(machine.Elsewhere(output), (said, each) => each.What.Replace(said, each.Instead));
        var lines = Known(text).Split('\n').Where(line => !Passing().IsMatch(line)).Select(line => Taken().Replace(line, Even)).ToList();
        return lines.SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse();
    }

    /// <summary>Times of migrations, in the order in which they come.</summary>
    private static string Known(string text)
    {
        var ids = Stamp().Matches(text).Select(found => found.Value).Distinct().Order(StringComparer.Ordinal).Select((id, at) => (Id: id, At: at)).ToDictionary(each => each.Id, each => $"202609011000{each.At:00}");
        return Stamp().Replace(text, found => ids[found.Value]);
    }

    /// <summary>A duration that stands at the end of its column stays there.</summary>
    private static string Even(Match found) => found.Groups["room"].Value.Length == 0 ? "0.1 s" : "0.1 s".PadLeft(found.Length);

    [GeneratedRegex(@"\b20\d{12}(?=_)")]
    private static partial Regex Stamp();

    /// <summary>What is said only where the work takes longer, or as often as it takes, or when the server's own clearing up was in the way for a moment, or another test was killed.</summary>
    [GeneratedRegex(@"^(Asking|Building|Counting|Loading|Reading|Connecting|Comparing|Planning|Measuring) .*…$|^ +\S+ \d+\.\d %|^  \w+(: .*; trying again| waits .*)$|^  Cleared away what a run that was killed left: |^  Writing: .* so far$")]
    private static partial Regex Passing();

    [GeneratedRegex(@"(?<room> {2,})?\b\d+(\.\d+)? m?s\b(?! lock)")]
    private static partial Regex Taken();
}
