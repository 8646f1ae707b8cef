using EfSafeMigrate.Rules;
using Humanizer;

namespace EfSafeMigrate.Tests.Reports;

/// <summary>What is written without Humanizer, which takes long to start, is written as Humanizer does.</summary>
public class WordsAreCounted
{
    [Theory]
    [InlineData("migration")]
    [InlineData("more finding")]
    public void AsHumanizerCountsThem(string word)
    {
        foreach (var count in new[] { 0, 1, 2, 1000 })
        {
            Quantity.ToQuantity(word, count).ShouldBe(ToQuantityExtensions.ToQuantity(word, count));
        }
    }

    [Fact]
    public void AndIdsAreWhatTheyWere()
    {
        foreach (var name in RuleBook.Rules.Select(rule => rule.GetType().Name).Concat(["", "A", "SQLName", "Utf8Text", "ABC", "aB1C"]))
        {
            name.ToKebab().ShouldBe(name.Kebaberize());
        }
        Say.Rows(1).ShouldBe("1 row");
        Say.Rows(4_812_330).ShouldBe("4,812,330 rows");
    }
}
