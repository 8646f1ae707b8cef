using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>A newer version writes what this one does not know: the chain holds, and what is known is told.</summary>
public sealed class JournalsOfOtherVersions
{
    private const string Started =
        """{"kind":"run-started","planHash":"p","migrations":["1_A"],"host":"h","process":1,"toolVersion":"9.0.0","user":"u","at":"2026-01-02T03:04:05+00:00","by":"b"}""";

    [Theory]
    [InlineData("rehearsed", """{"kind":"rehearsed","copy":"c"}""")]
    [InlineData("unmarked", "{}")]
    [InlineData("text", "not JSON")]
    public void UnknownEntriesArePassedOver(string kind, string entry)
    {
        var chain = ChainOf(("run-started", Started), (kind, entry), ("step-started", """{"kind":"step-started","migration":"1_A","attempt":1,"novelty":true}"""));
        chain.Broken.ShouldBeNull();
        chain.Entries[1].Event.ShouldBeNull();
        RunHistory.Of(chain.Entries).ShouldHaveSingleItem().Open!.Migration.ShouldBe("1_A");
    }

    [Fact]
    public void ARunThatEndedInAWayOfItsOwnHasEnded() =>
        RunHistory.Of(ChainOf(("run-started", Started), ("run-ended", """{"kind":"run-ended","outcome":"Paused"}""")).Entries)
            .ShouldHaveSingleItem().Ended.ShouldNotBeNull();

    private static JournalChain ChainOf(params (string Kind, string Entry)[] entries)
    {
        List<string?[]> rows = [];
        string? last = null;
        foreach (var (kind, entry) in entries)
        {
            var number = $"{rows.Count + 1}";
            last = JournalChain.HashOf(last, number, "run", kind, entry);
            rows.Add([number, "run", kind, entry, last]);
        }
        return JournalChain.Of([.. rows.Select(row => (IReadOnlyList<string?>)[.. row, $"{rows.Count}", last])]);
    }
}
