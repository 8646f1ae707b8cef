namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>The tutorial, typed line by line in an empty folder: every file, every command, everything that is printed. UPDATE_DOCS=1 writes what is printed.</summary>
public sealed class TheTutorialIsTrue
{
    [Theory]
    [InlineData("docs/tutorial.md")]
    public async Task EveryLineOfIt(string document)
    {
        var file = Path.Combine(InstalledTool.Repository, document);
        var page = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        using var machine = await TutorialMachine.StartAsync();

        var typed = await new TutorialPage().TypeAsync(page, machine);

        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, typed);
            return;
        }
        TutorialPage.Words(typed).ShouldBe(TutorialPage.Words(page), $"{document} shows what is not so; UPDATE_DOCS=1 writes it");
    }
}
