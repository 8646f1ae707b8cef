using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects;

/// <summary>Finds migration classes that EF does not see: it looks for two attributes, which stand in the Designer file.</summary>
internal static partial class IgnoredMigrations
{
    private const string Builder = "MigrationBuilder";

    private static readonly string[] Wanted = ["Migration", "DbContext"];

    public static IReadOnlyList<IgnoredMigration> In(SourceClasses classes)
    {
        var texts = classes.Tree.Holding("Migration");
        var attributes = OnAllCores.Select(texts, each => Attributed().Matches(each.Text).ToArray()).SelectMany(matches => matches).ToLookup(match => match.Groups["class"].Value, match => match.Groups["attributes"].Value);
        return
        [
            .. from each in texts
               where each.Text.Contains($"({Builder} ", StringComparison.Ordinal) || each.Text.Contains($".{Builder} ", StringComparison.Ordinal)
               where Derived().Matches(each.Text).Any(match => Missing(attributes, match.Groups["class"].Value).Length > 0)
               from part in classes.Root(each.File)!.DescendantNodes().OfType<ClassDeclarationSyntax>()
               where IsMigration(part)
               let missing = Missing(attributes, part.Identifier.Text)
               where missing.Length > 0
               orderby each.File, part.SpanStart
               select new IgnoredMigration(part.Identifier.Text, string.Join(" or ", missing))
               {
                   Origin = new("", 0, "Migration")
                   {
                       File = each.File,
                       Line = part.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                       Column = part.Identifier.GetLocation().GetLineSpan().StartLinePosition.Character + 1,
                   },
               },
        ];
    }

    private static string[] Missing(ILookup<string, string> attributes, string type) =>
        [.. Wanted.Where(wanted => !attributes[type].Any(list => Has(list, wanted))).Select(wanted => $"[{wanted}]")];

    /// <summary>Other tools have a class of that name too; only EF's has a method that takes a MigrationBuilder.</summary>
    private static bool IsMigration(ClassDeclarationSyntax part) =>
        !part.Modifiers.Any(SyntaxKind.AbstractKeyword)
        && part.BaseList?.Types.Any(type => type.Type.ToString() is "Migration" or "Microsoft.EntityFrameworkCore.Migrations.Migration") == true
        && part.Members.OfType<MethodDeclarationSyntax>().Any(method => method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString().EndsWith(Builder, StringComparison.Ordinal) == true));

    private static bool Has(string attributes, string wanted) => Names().Matches(attributes).Any(match => match.Groups["name"].Value is var name && (name == wanted || name == $"{wanted}Attribute"));

    // Designer files are many and long: their attributes are found without parsing them.
    [GeneratedRegex(@"(?<attributes>(?:\[[^\[\]]*\]\s*(?://[^\n]*\s*)*)+)(?:(?:public|internal|sealed|partial|file)\s+)*class\s+(?<class>\w+)")]
    private static partial Regex Attributed();

    [GeneratedRegex(@"\bclass\s+(?<class>\w+)\s*:\s*(?:\w+\.)*Migration\b")]
    private static partial Regex Derived();

    [GeneratedRegex(@"[\[,]\s*(?:\w+\.)*(?<name>\w+)\s*\(")]
    private static partial Regex Names();
}
