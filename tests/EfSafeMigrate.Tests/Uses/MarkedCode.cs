using System.Reflection;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Uses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>
/// Projects whose lines say what they use: <c>// uses Orders.Note, OrderLines</c> at the end of the line on which the property, or the first
/// line of the text, stands. A text of several lines has its mark behind its end.
/// </summary>
internal sealed partial class MarkedCode
{
    private readonly UserCode code;
    private readonly Func<IReadOnlyList<TouchedName>, CodeUseFinder> finder;

    /// <param name="folder">Holds projects; one of them has the model's snapshot.</param>
    public MarkedCode(string folder)
    {
        var projects = CodeProjects.Around(Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Where(file => !IsBuilt(file)));
        code = UserCode.Of(projects, [.. EfAssemblies]);
        Marks = [.. code.Files.SelectMany(MarksIn)];
        var (properties, model) = projects.Select(project => SourceTree.InFolder(project.Directory)).Select(ModelIn).First(found => found.Properties.Count > 0);
        finder = touched => new(touched, [model], properties, SqlDialect.Of(RuleCase.Postgres));
        Found = finder(TouchedBy([.. Marks.Select(mark => mark.Name).Distinct().Select(ChangeTo)])).In(code);
    }

    /// <summary>EF as the tests have it, for projects that nobody has restored.</summary>
    public static IEnumerable<string> EfAssemblies => new[] { "", ".Abstractions", ".Relational" }.Select(name => $"Microsoft.EntityFrameworkCore{name}")
        .Select(name => Path.Combine(Packages, name.ToLowerInvariant(), "10.0.14", "lib", "net10.0", $"{name}.dll"));

    public IReadOnlyList<Mark> Marks { get; }

    public CodeUses Found { get; }

    /// <summary>What other changes than those of the marks would mean.</summary>
    public CodeUses Of(params Change[] changes) => finder(TouchedBy(changes)).In(code);

    /// <summary>Marked, and not found.</summary>
    public IReadOnlyList<string> Missed => [.. Marks.Where(mark => !Found.All.Any(use => Is(use, mark))).Select(mark => $"{mark}").Order(StringComparer.Ordinal)];

    /// <summary>Found on lines that bear no mark of the table.</summary>
    public IReadOnlyList<string> Wrong =>
        [.. Found.All.Where(use => !Marks.Any(mark => mark.File == use.File && mark.Line == use.Line && Covers(mark, use))).Select(use => $"{use.File}:{use.Line} {use.Touched.Spoken} {use.Text}").Order(StringComparer.Ordinal)];

    private static string Packages => typeof(MarkedCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static bool Is(CodeUse use, Mark mark) => mark.File == use.File && mark.Line == use.Line && mark.Name == use.Touched.Spoken;

    /// <summary>Who uses a column uses its table.</summary>
    private static bool Covers(Mark mark, CodeUse use) => mark.Name == use.Touched.Spoken || (use.Touched.Column is null && mark.Name.StartsWith($"{use.Touched.Spoken}.", StringComparison.Ordinal));

    /// <summary>Behind a text of several lines the mark is the text's.</summary>
    private static IEnumerable<Mark> MarksIn(CodeFile file)
    {
        var lines = file.Tree.GetText().Lines;
        var texts = file.Tree.GetRoot().DescendantNodes().Where(node => node.IsKind(SyntaxKind.StringLiteralExpression) || node.IsKind(SyntaxKind.InterpolatedStringExpression))
            .Select(node => file.Tree.GetLineSpan(node.Span)).Where(span => span.EndLinePosition.Line > span.StartLinePosition.Line)
            .ToLookup(span => span.EndLinePosition.Line, span => span.StartLinePosition.Line);
        return from line in lines
               let found = Uses().Match(line.ToString())
               where found.Success
               from name in found.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               select new Mark(file.Tree.FilePath, texts[line.LineNumber].DefaultIfEmpty(line.LineNumber).First() + 1, name);
    }

    private static (IReadOnlyList<MappedProperty> Properties, DatabaseModel Model) ModelIn(SourceTree tree)
    {
        var (migrations, classes, engine) = (SourceMigrations.In(tree), new SourceClasses(tree), RuleCaseRun.Engine(RuleCase.Postgres));
        return (SourceProperties.Of(migrations, classes, engine, []), migrations.Snapshots.Select(snapshot => SourceModel.Of(snapshot, classes, engine)).OfType<DatabaseModel>().FirstOrDefault() ?? DatabaseModel.Empty);
    }

    /// <summary>Everything that is marked goes.</summary>
    private static Change ChangeTo(string name) => name.Split('.') is [var table, var column] ? new DropColumn(new(null, table), column) : new DropTable(new(null, name));

    private static IReadOnlyList<TouchedName> TouchedBy(params Change[] changes) =>
        TouchedNames.In(new([new("20260101000000_All", DatabaseModel.Empty, changes)]), together: true);

    [GeneratedRegex(@"// uses (?<names>[\w.]+(?:\s*,\s*[\w.]+)*)\s*$")]
    private static partial Regex Uses();
}

internal sealed record Mark(string File, int Line, string Name)
{
    public override string ToString() => $"{File}:{Line} {Name}";
}
