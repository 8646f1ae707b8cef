namespace EfSafeMigrate.EndToEndTests.Tutorials;

/// <summary>A page of the docs that is what happens when it is typed; UPDATE_DOCS=1 writes what is printed.</summary>
internal static class TypedPage
{
    private static readonly bool Learning = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public static async Task IsTrueAsync(string name, TutorialMachine machine)
    {
        var file = Path.Combine(InstalledTool.Repository, "docs", name);
        var page = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");

        var typed = await new TutorialPage(Learning).TypeAsync(page, machine);

        if (Learning)
        {
            await File.WriteAllTextAsync(file, typed);
            return;
        }
        TutorialPage.Words(typed).ShouldBe(TutorialPage.Words(page), $"docs/{name} shows what is not so; UPDATE_DOCS=1 writes it");
    }
}
