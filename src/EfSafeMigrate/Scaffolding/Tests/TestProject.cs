using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Scaffolding.Tests;

/// <summary>The project that tests of migrations go into.</summary>
internal static partial class TestProject
{
    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Build.targets"];

    /// <param name="project">The project with the migrations.</param>
    /// <param name="given">A project, or its folder; null to look for the one that has xunit and refers to the project.</param>
    /// <exception cref="SafeMigrateException">There is none, or more than one.</exception>
    public static CodeProject Find(string project, string? given)
    {
        var near = CodeProjects.Near(project);
        if (given is not null)
        {
            var file = ProjectFinder.Find(new() { Directory = Directory.GetCurrentDirectory(), Project = given }).Project;
            return near.FirstOrDefault(each => each.File == file) ?? CodeProjects.Around(file).First(each => each.File == file);
        }
        return near.Where(each => UsesXunit(each) && Reaches(each, project, near, [])).ToArray() switch
        {
            [var only] => only,
            [] => throw new SafeMigrateException(
                $"No test project uses xunit and refers to {Path.GetFileName(project)}.", "make one (dotnet new xunit, then dotnet add reference), or name it with --test-project"),
            var several => throw new SafeMigrateException(
                $"Several test projects refer to {Path.GetFileName(project)}: {string.Join(", ", several.Select(each => each.Name))}.", "name one with --test-project, or as testProject in .config/safe-migrate.json"),
        };
    }

    /// <summary>As the compiler takes it: what the project says, or its name.</summary>
    public static string RootNamespace(CodeProject project)
    {
        var said = Said(project.Text);
        return said is not null ? said : string.Join('.', project.Name.Split('.').Select(part => Odd().Replace(part, "_")).Select(part => SyntaxFacts.IsValidIdentifier(part) ? part : $"_{part}"));
    }

    private static string? Said(string text)
    {
        try
        {
            return XDocument.Parse(text).Descendants().FirstOrDefault(element => element.Name.LocalName == "RootNamespace")?.Value is { Length: > 0 } name && !name.Contains('$', StringComparison.Ordinal) ? name : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool UsesXunit(CodeProject project) => Texts(project).Any(text => text.Contains("Include=\"xunit", StringComparison.OrdinalIgnoreCase)) && project.IsTest;

    private static IEnumerable<string> Texts(CodeProject project)
    {
        yield return project.Text;
        for (var at = project.Directory; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var file in Shared.Select(name => Path.Combine(at, name)).Where(File.Exists))
            {
                yield return File.ReadAllText(file);
            }
        }
    }

    private static bool Reaches(CodeProject from, string project, IReadOnlyList<CodeProject> near, HashSet<string> seen) =>
        seen.Add(from.File) && from.References.Any(reference => reference == project || (near.FirstOrDefault(each => each.File == reference) is { } next && Reaches(next, project, near, seen)));

    [GeneratedRegex(@"\W")]
    private static partial Regex Odd();
}
