using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The second part of the tutorial, on the server of the tests: what the page creates is a database of its own.</summary>
public sealed class TheSecondPartIsTrue
{
    [Fact]
    public async Task EveryLineOfIt()
    {
        await using var database = new PhasedDatabase("shop");
        using var machine = await TutorialMachine.StartAsync(new TutorialServer(database));
        await TypedPage.IsTrueAsync("tutorial-postgresql.md", machine);
    }
}
