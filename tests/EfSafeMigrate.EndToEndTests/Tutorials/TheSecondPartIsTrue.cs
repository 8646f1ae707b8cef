using EfSafeMigrate.EndToEndTests.Pages;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The second part of the tutorial, on the server of the tests: what the page creates is a database of its own. The page on large tables goes on with it.</summary>
public sealed class TheSecondPartIsTrue
{
    [Fact]
    public async Task EveryLineOfItAndOfLargeTables()
    {
        await using var database = new PhasedDatabase("shop");
        using var machine = await TutorialMachine.StartAsync(new TutorialServer(database));
        await TypedPage.IsTrueAsync("tutorial-postgresql.md", machine);
        await new LargeTables(machine).TypeAsync();
    }
}
