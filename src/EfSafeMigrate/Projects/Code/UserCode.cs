using EfSafeMigrate.Projects.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Projects.Code;

/// <summary>Code as the compiler understands it, without a build: what cannot be bound stays unknown and stops nothing.</summary>
/// <param name="Unrestored">Projects whose packages are not there.</param>
internal sealed record UserCode(IReadOnlyList<CodeFile> Files, IReadOnlyList<string> Unrestored)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <param name="projects">What others refer to stands before them.</param>
    /// <param name="more">Assemblies for every project besides its own.</param>
    public static UserCode Of(IReadOnlyList<CodeProject> projects, params IReadOnlyList<string> more)
    {
        var references = new CodeReferences();
        var compiled = new Dictionary<string, (CSharpCompilation Compilation, IReadOnlyList<string> References)>();
        List<CodeFile> files = [];
        List<string> unrestored = [];
        foreach (var project in projects)
        {
            var trees = Parsed(project);
            var (own, restored) = references.Of(project);
            string[] below = [.. Below(project.References, compiled)];
            var compilation = CSharpCompilation.Create(
                project.Name,
                trees.Append(CSharpSyntaxTree.ParseText(GlobalUsings.Of(project), Options, "")),
                [.. own, .. below.Select(file => compiled[file].Compilation.ToMetadataReference()), .. more.Select(file => MetadataReference.CreateFromFile(file))],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Disable, concurrentBuild: true));
            compiled[project.File] = (compilation, project.References);
            files.AddRange(trees.Select(tree => new CodeFile(tree, compilation, project)));
            unrestored.AddRange(restored || more.Count > 0 ? [] : [project.Name]);
        }
        return new(files, unrestored);
    }

    /// <summary>What a reference refers to is seen as well.</summary>
    private static IEnumerable<string> Below(IEnumerable<string> references, Dictionary<string, (CSharpCompilation, IReadOnlyList<string> References)> compiled) =>
        references.Where(compiled.ContainsKey).SelectMany(file => Below(compiled[file].References, compiled).Prepend(file)).Distinct();

    private static SyntaxTree[] Parsed(CodeProject project) =>
        OnAllCores.Select([.. SourceFiles.OfProject(project.Directory).Order(StringComparer.Ordinal)], file => CSharpSyntaxTree.ParseText(SourceTree.TextOf(file) ?? "", Options, file));
}

internal sealed record CodeFile(SyntaxTree Tree, CSharpCompilation Compilation, CodeProject Project);
