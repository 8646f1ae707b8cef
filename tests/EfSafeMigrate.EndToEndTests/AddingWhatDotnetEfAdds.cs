using System.Text;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.EndToEndTests;

/// <summary>Where phases have nothing to offer, <c>add</c> leaves the very bytes that <c>dotnet ef migrations add</c> leaves.</summary>
[Collection(nameof(BuiltSamplesCollection))]
public sealed partial class AddingWhatDotnetEfAdds(InstalledTool tool)
{
    /// <summary>Version, sample, project, start-up project, a file of the model, context; the ordinary run takes one of each version.</summary>
    public static TheoryData<string, string, string, string, string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string, string, string, string, string>
            {
                { "8.0.33", "Legacy", "Legacy", "Legacy", "Models/Skill.cs", "WorkshopContext" },
                { "9.0.22", "Pair", "Pair.Data", "Pair.Web", "Billing/Models/Account.cs", "BillingContext" },
                { "10.0.14", "Phases", "Phases", "Phases", "Store/Models.cs", "StoreContext" },
            };
            if (Applying.RenamedSample.Full)
            {
                samples.Add("10.0.14", "Library", "Library", "Library", "Models/Author.cs", "LibraryContext");
            }
            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ByteForByte(string version, string sample, string project, string startUp, string model, string context)
    {
        var ef = await DotnetEf.InstallAsync(version);
        var theirs = tool.Copy(sample);
        foreach (var folder in Migrations(Project(theirs), context))
        {
            Directory.Delete(folder, recursive: true);
        }
        await SameAsync("First");
        if (sample == "Library")
        {
            await SameAsync("Empty");
        }
        EditModel(Path.Combine(Project(theirs), model));
        await SameAsync("Harmless", "--output-dir", "Data/Changes", "--namespace", "Shop.Changes");

        string Project(string copy) => project == sample ? copy : Path.Combine(copy, project);

        async Task SameAsync(string name, params string[] more)
        {
            await BuildAsync(project == startUp ? theirs : Path.Combine(theirs, startUp));
            var ours = $"{theirs}-{name}";
            (await Shell.RunAsync(tool.Scratch, "cp", ["-r", theirs, ours])).Code.ShouldBe(0);
            var before = Files(Project(ours));
            string[] arguments =
                [name, "--no-build", "--context", context, .. more, .. project == startUp ? [] : new[] { "--startup-project", Path.Combine("..", startUp) }];

            await ef.SucceedAsync(Project(theirs), ["migrations", "add", .. arguments]);
            var added = await tool.RunAsync(Project(ours), ["add", .. arguments]);

            added.Code.ShouldBe(0, added.Output + added.Error);
            var (wanted, written) = (Files(Project(theirs)), Files(Project(ours)));
            written.Keys.ShouldBe(wanted.Keys, ignoreOrder: true);
            foreach (var (path, text) in wanted)
            {
                written[path].ShouldBe(text, path);
            }
            // Migration, Designer and snapshot; an empty migration leaves the snapshot as it is.
            wanted.Count(file => !before.TryGetValue(file.Key, out var text) || text != file.Value).ShouldBe(name == "Empty" ? 2 : 3, string.Join('\n', wanted.Keys));
        }
    }

    private static async Task BuildAsync(string project)
    {
        var built = await Shell.RunAsync(project, "dotnet", ["build", "-nologo", "-v:q"]);
        built.Code.ShouldBe(0, built.Output);
    }

    /// <summary>The folders with the context's migrations.</summary>
    private static string[] Migrations(string project, string context) =>
        [.. Directory.GetFiles(project, $"{context}ModelSnapshot.cs", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!)];

    /// <summary>An optional column, and a table of its own that points at the one there is.</summary>
    private static void EditModel(string path)
    {
        var text = File.ReadAllText(path);
        var type = FirstClass().Match(text);
        type.Success.ShouldBeTrue(path);
        var mark = "public class Mark { public int Id { get; set; } public decimal Weight { get; set; } }";
        var properties = "public DateTime? Noted { get; set; } public System.Collections.Generic.ICollection<Mark> Marks { get; set; } = new System.Collections.Generic.List<Mark>();";
        File.WriteAllText(path, text[..type.Index] + mark + text[type.Index..(type.Index + type.Length)] + properties.Replace("DateTime", "System.DateTime", StringComparison.Ordinal) + text[(type.Index + type.Length)..]);
    }

    /// <summary>The sources as bytes, each a character, with the time in an id left out.</summary>
    private static Dictionary<string, string> Files(string project) =>
        Directory.GetFiles(project, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .ToDictionary(
                file => Id().Replace(Path.GetRelativePath(project, file), "ID_"),
                file => Id().Replace(Encoding.Latin1.GetString(File.ReadAllBytes(file)), "ID_"));

    [GeneratedRegex("[0-9]{14}_(?=First|Empty|Harmless)")]
    private static partial Regex Id();

    [GeneratedRegex(@"public class \w+\s*\{")]
    private static partial Regex FirstClass();
}
