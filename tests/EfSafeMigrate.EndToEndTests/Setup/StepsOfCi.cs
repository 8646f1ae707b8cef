using YamlDotNet.RepresentationModel;

namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>The scripts in a file of CI, as its service would run them.</summary>
internal sealed class StepsOfCi
{
    private readonly YamlNode root;

    public StepsOfCi(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        root = yaml.Documents.ShouldHaveSingleItem().RootNode;
    }

    /// <summary>The texts under a key, anywhere in the file, with the name that stands beside them.</summary>
    public IReadOnlyList<(string? Name, string Script)> Under(string key) =>
        [.. root.AllNodes.OfType<YamlMappingNode>().Where(map => map.Children.ContainsKey(key)).SelectMany(map => Scripts(map[key]).Select(script => (Name(map), script)))];

    public string Named(string key, string name) => Under(key).Where(step => step.Name == name).Select(step => step.Script).Distinct().ShouldHaveSingleItem(name);

    /// <summary>The lines of a job of GitLab's, as one script.</summary>
    public string OfJob(string job, string key) => string.Join('\n', Scripts(((YamlMappingNode)root)[job][key]));

    /// <summary>What stands under <c>env</c> beside a script.</summary>
    public IReadOnlyDictionary<string, string> Environment(string key, string name) =>
        root.AllNodes.OfType<YamlMappingNode>().Where(map => map.Children.ContainsKey(key) && Name(map) == name).ShouldHaveSingleItem()["env"].ShouldBeOfType<YamlMappingNode>()
            .Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);

    private static IEnumerable<string> Scripts(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { } text } => [text],
        YamlSequenceNode list => list.OfType<YamlScalarNode>().Select(each => each.Value).OfType<string>(),
        _ => [],
    };

    private static string? Name(YamlMappingNode map) =>
        map.Children.TryGetValue("displayName", out var name) || map.Children.TryGetValue("name", out name) ? ((YamlScalarNode)name).Value : null;
}
