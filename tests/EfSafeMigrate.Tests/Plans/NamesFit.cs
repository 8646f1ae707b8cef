using System.Text;
using EfSafeMigrate.Plans;

namespace EfSafeMigrate.Tests.Plans;

public class NamesFit
{
    [Theory]
    [InlineData("Customers", "Name")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ", "🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘")]
    public void No_name_is_longer_than_the_engine_allows_and_each_is_its_own(string table, string column)
    {
        var names = Names.Trigger(63, "safe_migrate_sync", [table, column]);
        string[] all = [names.Trigger, names.Function, names.Count, names.Counter];
        all.ShouldAllBe(name => Encoding.UTF8.GetByteCount(name) <= 63 && !name.Contains('\uFFFD', StringComparison.Ordinal));
        all.Distinct().Count().ShouldBe(4);
        Names.Trigger(63, "safe_migrate_sync", [table, column]).ShouldBe(names);
    }

    [Fact]
    public void Two_ways_to_cut_the_same_letters_are_two_names() => Names.Of(63, "k", "a_b", "c").ShouldNotBe(Names.Of(63, "k", "a", "b_c"));

    [Fact]
    public void A_swap_has_another_name() => Names.Of(63, "sync", "t", "a", "b").ShouldNotBe(Names.Of(63, "sync", "t", "b", "a"));

    [Fact]
    public void A_trigger_sorts_behind_what_people_call_theirs() => string.CompareOrdinal(Names.Trigger(63, "s", ["t"]).Trigger, "zzz_last").ShouldBePositive();
}
