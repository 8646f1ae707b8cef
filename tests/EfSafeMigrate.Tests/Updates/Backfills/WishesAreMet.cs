using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

/// <summary>Rows may be left out; whether those that differ are these rows is told by their keys.</summary>
public sealed class WishesAreMet
{
    [Theory]
    [InlineData("id", "7", "7", true)]
    [InlineData("id", "7", "7,9", true)]
    [InlineData("id", "8", "7", false)]
    [InlineData("id", "7,8", "7,9", false)]
    [InlineData("id", "7,8", "7", false)]
    [InlineData("id", "7", "", false)]
    [InlineData("", "0", "(0,5)", true)]
    public void By_key(string key, string differing, string setAside, bool met)
    {
        string[] Split(string text) => text.StartsWith('(') ? [text] : text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var keys = Split(differing).Select(each => (IReadOnlyList<string>)[each]).ToArray();
        var spec = new BackfillSpec(new TableName(null, "t"), Split(key), "c", "1");
        var differs = new Differs([new(new ComparedChunk(KeyRange.All, 100, keys.Length, null, null), keys)]);
        var outcome = new BackfillOutcome(spec, 100, 90, TimeSpan.Zero, differs) { SetAside = [.. Split(setAside).Select(each => ((IReadOnlyList<string>)[each], "too long"))] };
        outcome.IsAsWished.ShouldBe(met);
    }
}
