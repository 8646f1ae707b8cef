using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The classes of a project by name; a file is parsed when something in it is asked for.</summary>
internal sealed partial class SourceClasses(SourceTree tree)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly ConcurrentDictionary<string, SyntaxNode?> parsed = new();
    private readonly ConcurrentDictionary<string, SourceClass?> found = new();
    private readonly Lazy<ILookup<string, string>> files = new(() => OnAllCores
        .Select([.. tree.Files.Where(file => !SourceTree.IsDesigner(file))], file => Declared().Matches(tree.Read(file) ?? "").Select(match => (Name: match.Groups["name"].Value, File: file)).Distinct().ToArray())
        .SelectMany(found => found)
        .ToLookup(each => each.Name, each => each.File));

    public SourceTree Tree => tree;

    public SyntaxNode? Root(string file) =>
        parsed.GetOrAdd(file, path => tree.Read(path) is { } text ? CSharpSyntaxTree.ParseText(text, Options, path).GetRoot() : null);

    /// <summary>A class of the project; null when there is none.</summary>
    public SourceClass? Find(string name) => found.GetOrAdd(name, wanted =>
        Of(wanted, files.Value[wanted].Select(Root).OfType<SyntaxNode>()));

    /// <summary>The class as these files declare it.</summary>
    public SourceClass? Find(string name, params string[] among) => Of(name, among.Select(Root).OfType<SyntaxNode>());

    public EnumDeclarationSyntax? FindEnum(string name) =>
        files.Value[name].Select(Root).OfType<SyntaxNode>().SelectMany(Types).OfType<EnumDeclarationSyntax>().FirstOrDefault(type => type.Identifier.ValueText == name);

    /// <summary>The extension methods of that name, each with its class.</summary>
    public IEnumerable<(MethodDeclarationSyntax Method, SourceClass Class)> Extensions(string name) =>
        from file in tree.Files
        where !SourceTree.IsDesigner(file)
        let text = tree.Read(file)
        where text is not null && text.Contains("this ", StringComparison.Ordinal) && text.Contains($" {name}", StringComparison.Ordinal)
        from type in Types(Root(file)!).OfType<TypeDeclarationSyntax>()
        from method in type.Members.OfType<MethodDeclarationSyntax>()
        where method.Identifier.ValueText == name && method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true
        select (method, Find(type.Identifier.ValueText) ?? new SourceClass(type.Identifier.ValueText, [type]));

    // Of two classes of one name in two namespaces the first is taken; the parts of one are taken together.
    private static SourceClass? Of(string name, IEnumerable<SyntaxNode> roots)
    {
        var parts = roots.SelectMany(Types).OfType<TypeDeclarationSyntax>().Where(type => type.Identifier.ValueText == name).ToArray();
        return parts.Length == 0 ? null : new(name, [.. parts.Where((part, index) => index == 0 || (part.Modifiers.Any(SyntaxKind.PartialKeyword) && Space(part) == Space(parts[0])))]);
    }

    private static string Space(SyntaxNode type) => string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Name.ToString()));

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>();

    [GeneratedRegex(@"\b(?:class|struct|record|enum)\s+(?:class\s+|struct\s+)?@?(?<name>\w+)")]
    private static partial Regex Declared();
}
