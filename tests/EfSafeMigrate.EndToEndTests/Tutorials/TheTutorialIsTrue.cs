namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The first part of the tutorial, typed line by line in an empty folder: every file, every command, everything that is printed.</summary>
public sealed class TheTutorialIsTrue
{
    [Fact]
    public async Task EveryLineOfIt()
    {
        using var machine = await TutorialMachine.StartAsync();
        await TypedPage.IsTrueAsync("tutorial.md", machine);
    }
}
