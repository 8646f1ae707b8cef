using EfSafeMigrate.EndToEndTests.Applying;

namespace EfSafeMigrate.EndToEndTests.Drifts;

/// <summary>What other hands do to a schema, and how what is told of it begins. Those of one round can be done together.</summary>
/// <param name="Edited">Of a table's own text on SQLite: what <paramref name="Sql"/> becomes.</param>
internal sealed record OtherHands(int Round, string Sql, string[] Sentences, string? Edited = null)
{
    public OtherHands(int round, string sql, string sentence)
        : this(round, sql, [sentence])
    {
    }

    /// <summary>Positions, parted by commas: in an ordinary run those of a round, for each look starts the whole tool; each alone in the full one.</summary>
    public static TheoryData<string> Rounds(IReadOnlyList<OtherHands> all) =>
        [.. Enumerable.Range(0, all.Count).GroupBy(at => RenamedSample.Full ? at : all[at].Round).Select(round => string.Join(',', round))];

    public static OtherHands[] Of(IReadOnlyList<OtherHands> all, string round) => [.. round.Split(',').Select(at => all[int.Parse(at, System.Globalization.CultureInfo.InvariantCulture)])];
}

internal static class ToldDrift
{
    /// <summary>Every change is told, by its own sentences, and nothing else is.</summary>
    public static void ShouldTell(this DriftSeen drift, IEnumerable<OtherHands> hands)
    {
        var left = drift.Found.ToList();
        foreach (var sentence in hands.SelectMany(each => each.Sentences))
        {
            left.Remove(left.Find(found => found.StartsWith(sentence, StringComparison.Ordinal)) ?? throw new ShouldAssertException($"Nobody said: {sentence}\n{drift.Raw}"));
        }
        left.ShouldBeEmpty(drift.Raw);
        drift.Code.ShouldBe(1);
    }
}
