using EfSafeMigrate.Changes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds migration classes that EF does not see: it looks for two attributes, which stand in the Designer file.</summary>
internal static class IgnoredMigrations
{
    private static readonly string[] Wanted = ["Migration", "DbContext"];

    public static IReadOnlyList<IgnoredMigration> In(string directory)
    {
        var parts = Files(directory)
            .Select(file => (File: file, Text: File.ReadAllText(file)))
            .Where(each => each.Text.Contains("Migration", StringComparison.Ordinal))
            .SelectMany(each => CSharpSyntaxTree.ParseText(each.Text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Select(part => (each.File, Part: part)))
            .ToLookup(each => NameOf(each.Part));
        return
        [
            .. from parted in parts
               let main = parted.FirstOrDefault(each => IsMigration(each.Part))
               where main.Part is not null && !parted.Any(each => each.Part.Modifiers.Any(SyntaxKind.AbstractKeyword))
               let missing = Wanted.Where(wanted => !parted.Any(each => Has(each.Part, wanted))).Select(wanted => $"[{wanted}]").ToArray()
               where missing.Length > 0
               orderby main.File, main.Part.SpanStart
               select new IgnoredMigration(main.Part.Identifier.Text, string.Join(" or ", missing))
               {
                   Origin = new("", 0, "Migration")
                   {
                       File = Path.GetRelativePath(directory, main.File).Replace('\\', '/'),
                       Line = main.Part.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                   },
               },
        ];
    }

    /// <summary>Other tools have a class of that name too; only EF's has a method that takes a MigrationBuilder.</summary>
    private static bool IsMigration(ClassDeclarationSyntax part) =>
        part.BaseList?.Types.Any(type => type.Type.ToString() is "Migration" or "Microsoft.EntityFrameworkCore.Migrations.Migration") == true
        && part.Members.OfType<MethodDeclarationSyntax>().Any(method => method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString().EndsWith("MigrationBuilder", StringComparison.Ordinal) == true));

    private static bool Has(ClassDeclarationSyntax part, string attribute) =>
        part.AttributeLists.SelectMany(list => list.Attributes).Select(each => each.Name.ToString()).Select(name => name[(name.LastIndexOf('.') + 1)..])
            .Any(name => name == attribute || name == $"{attribute}Attribute");

    private static string NameOf(ClassDeclarationSyntax part) =>
        string.Join('.', part.AncestorsAndSelf().Select(node => node switch
        {
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            ClassDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        }).OfType<string>().Reverse());

    /// <summary>A folder with a project of its own is another project's.</summary>
    private static IEnumerable<string> Files(string directory)
    {
        var others = Directory.EnumerateFiles(directory, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!).Where(folder => folder != Path.TrimEndingDirectorySeparator(directory))
            .Select(folder => folder + Path.DirectorySeparatorChar).ToArray();
        return SourceFiles.Under(directory).Where(file => !others.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)));
    }
}
