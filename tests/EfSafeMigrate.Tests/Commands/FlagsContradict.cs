using EfSafeMigrate.Commands;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

public sealed class FlagsContradict
{
    /// <summary>Left out alone, the flag would let EF drop the values without a word.</summary>
    [Theory]
    [InlineData("--using", "Customers.FullName=SQL")]
    [InlineData("--move", "Customers.Phone=Contacts.Phone")]
    public void What_carries_values_over_means_nothing_to_a_single_migration(string flag, string value)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Options("--one-shot", flag, value).Check());
        refused.Message.ShouldBe($"`{flag}` is for phases, and `--one-shot` makes none.");
        refused.Next.ShouldBe($"leave --one-shot out; or leave {flag} out, and carry the values over in the migration by hand before it drops what they are in");
    }

    private static PlanOptions Options(params string[] arguments)
    {
        var app = new CommandLineApplication();
        var options = new PlanOptions(app);
        app.Parse(arguments);
        return options;
    }
}
