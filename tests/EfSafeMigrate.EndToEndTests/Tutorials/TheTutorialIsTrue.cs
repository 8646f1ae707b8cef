namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The tutorial, typed line by line in an empty folder: every file, every command, everything that is printed. UPDATE_DOCS=1 writes what is printed.</summary>
public sealed class TheTutorialIsTrue
{
    private static readonly bool Learning = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    [Fact]
    public async Task EveryLineOfIt()
    {
        var file = Path.Combine(InstalledTool.Repository, "docs", "tutorial.md");
        var page = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        using var machine = await TutorialMachine.StartAsync();

        var typed = await new TutorialPage(Learning).TypeAsync(page, machine);

        if (Learning)
        {
            await File.WriteAllTextAsync(file, typed);
            return;
        }
        TutorialPage.Words(typed).ShouldBe(TutorialPage.Words(page), "docs/tutorial.md shows what is not so; UPDATE_DOCS=1 writes it");
    }
}
