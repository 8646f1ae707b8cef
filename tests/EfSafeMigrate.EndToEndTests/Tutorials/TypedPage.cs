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
        var (shown, printed) = (TutorialPage.Words(page), TutorialPage.Words(typed));
        var other = shown.Zip(printed).TakeWhile(pair => pair.First == pair.Second).Count();
        (other == shown.Length && other == printed.Length).ShouldBeTrue(
            $"docs/{name} shows what is not so; UPDATE_DOCS=1 writes it\n  shown:   {Around(shown, other)}\n  printed: {Around(printed, other)}");
    }

    private static string Around(string[] words, int at) => string.Join(' ', words.Skip(at - 15).Take(40));
}
