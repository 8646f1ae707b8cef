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

    /// <summary>A class of the project; null when there is none, and when several bear the name.</summary>
    public SourceClass? Find(string name) => found.GetOrAdd(name, wanted =>
        Named(wanted, files.Value[wanted]) is { Length: > 0 } parts && parts.All(part => Space(part) == Space(parts[0])) ? new(wanted, parts) : null);

    /// <summary>The class as these files declare it.</summary>
    public SourceClass? Find(string name, params string[] among) =>
        Named(name, among) is { Length: > 0 } parts ? new(name, [.. parts.Where((part, index) => index == 0 || IsPartOf(part, parts[0]))]) : null;

    /// <summary>The class with its parts in other files as well; null where there are none.</summary>
    public SourceClass? Whole(SourceClass part) =>
        part.Parts[0].Modifiers.Any(SyntaxKind.PartialKeyword) && Named(part.Name, files.Value[part.Name]).Where(each => IsPartOf(each, part.Parts[0])).ToArray() is var parts && parts.Length > part.Parts.Count
            ? new(part.Name, parts) : null;

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

    private TypeDeclarationSyntax[] Named(string name, IEnumerable<string> among) =>
        [.. among.Select(Root).OfType<SyntaxNode>().SelectMany(Types).OfType<TypeDeclarationSyntax>().Where(type => type.Identifier.ValueText == name)];

    private static bool IsPartOf(TypeDeclarationSyntax part, TypeDeclarationSyntax other) => part.Modifiers.Any(SyntaxKind.PartialKeyword) && Space(part) == Space(other);

    /// <summary>With its namespace and the classes it stands in.</summary>
    public static string FullName(BaseTypeDeclarationSyntax type) => Space(type) is { Length: > 0 } space ? $"{space}.{type.Identifier.ValueText}" : type.Identifier.ValueText;

    /// <summary>The namespace, and the classes it stands in.</summary>
    private static string Space(SyntaxNode type) => string.Join('.', type.Ancestors()
        .Select(around => around is BaseNamespaceDeclarationSyntax space ? space.Name.ToString() : (around as TypeDeclarationSyntax)?.Identifier.ValueText).OfType<string>().Reverse());

    private static IEnumerable<BaseTypeDeclarationSyntax> Types(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>();

    [GeneratedRegex(@"\b(?:class|struct|record|enum)\s+(?:class\s+|struct\s+)?@?(?<name>\w+)")]
    private static partial Regex Declared();
}
