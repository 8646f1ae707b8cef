using System.Reflection;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>
/// Projects whose lines say what they use. <c>// uses Orders.Note, OrderLines</c>: these, and nothing else that any line names;
/// <c>// uses next: Orders.Note</c>: the next line does, on which a text of several lines begins; <c>// declares Orders.Note</c> and
/// <c>// may use Orders.Note</c>: to be found or not.
/// </summary>
internal sealed partial class MarkedCode
{
    private readonly UserCode code;
    private readonly Func<IReadOnlyList<TouchedName>, CodeUseFinder> finder;

    /// <param name="folder">Holds projects.</param>
    /// <param name="mapped">Where no project has a snapshot of the model: its properties.</param>
    public MarkedCode(string folder, IReadOnlyList<MappedProperty>? mapped = null)
    {
        var projects = CodeProjects.Around(Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Where(file => !IsBuilt(file)));
        code = UserCode.Of(projects, [.. EfAssemblies]);
        Marks = [.. code.Files.SelectMany(MarksIn)];
        var (properties, model) = mapped is not null ? (mapped, ModelOf(mapped)) : projects.Select(project => SourceTree.InFolder(project.Directory)).Select(ModelIn).First(found => found.Properties.Count > 0);
        finder = touched => new(touched, [model], properties, SqlDialect.Of(RuleCase.Postgres));
        Found = finder(TouchedBy([.. Marks.Where(mark => !mark.IsOpen).Select(mark => mark.Name).Distinct().Select(ChangeTo)])).In(code);
    }

    /// <summary>EF as the tests have it, for projects that nobody has restored.</summary>
    public static IEnumerable<string> EfAssemblies => new[] { "", ".Abstractions", ".Relational" }.Select(name => $"Microsoft.EntityFrameworkCore{name}")
        .Select(name => Path.Combine(Packages, name.ToLowerInvariant(), "10.0.14", "lib", "net10.0", $"{name}.dll"));

    public IReadOnlyList<Mark> Marks { get; }

    public CodeUses Found { get; }

    /// <summary>What other changes than those of the marks would mean.</summary>
    public CodeUses Of(params Change[] changes) => finder(TouchedBy(changes)).In(code);

    /// <summary>The public APIs without a version that use what other changes touch.</summary>
    public IReadOnlyList<ApiUse> UnversionedOf(params Change[] changes) => new ApiUses(code).UnversionedOf(Of(changes));

    /// <summary>Marked, and not found.</summary>
    public IReadOnlyList<string> Missed => [.. Marks.Where(mark => !mark.IsOpen && !Found.All.Any(use => Is(use, mark))).Select(mark => $"{mark}").Order(StringComparer.Ordinal)];

    /// <summary>Found where no mark says so.</summary>
    public IReadOnlyList<string> Wrong =>
        [.. Found.All.Where(use => !Marks.Any(mark => Is(use, mark))).Select(use => $"{use.File}:{use.Line} {use.Touched.Spoken} {use.Text}").Order(StringComparer.Ordinal)];

    private static string Packages => typeof(MarkedCode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static bool Is(CodeUse use, Mark mark) => mark.File == use.File && mark.Line == use.Line && mark.Name == use.Touched.Spoken;

    private static IEnumerable<Mark> MarksIn(CodeFile file) =>
        from line in file.Tree.GetText().Lines
        from Match found in Uses().Matches(line.ToString())
        from name in found.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select new Mark(file.Tree.FilePath, line.LineNumber + (found.Groups["next"].Success ? 2 : 1), name, found.Groups["how"].Value != "uses");

    private static DatabaseModel ModelOf(IReadOnlyList<MappedProperty> mapped) =>
        new([.. mapped.GroupBy(property => property.Table).Select(table => new Table(table.Key, [.. table.Select(property => new Column(property.Column, "text", true))]))]);

    private static (IReadOnlyList<MappedProperty> Properties, DatabaseModel Model) ModelIn(SourceTree tree)
    {
        var (migrations, classes, engine) = (SourceMigrations.In(tree), new SourceClasses(tree), RuleCaseRun.Engine(RuleCase.Postgres));
        return (SourceProperties.Of(migrations, classes, engine, []), migrations.Snapshots.Select(snapshot => SourceModel.Of(snapshot, classes, engine)).OfType<DatabaseModel>().FirstOrDefault() ?? DatabaseModel.Empty);
    }

    /// <summary>Everything that is marked goes.</summary>
    private static Change ChangeTo(string name) => name.Split('.') is [var table, var column] ? new DropColumn(new(null, table), column) : new DropTable(new(null, name));

    private static IReadOnlyList<TouchedName> TouchedBy(params Change[] changes) =>
        TouchedNames.In(new([new("20260101000000_All", DatabaseModel.Empty, changes)]), together: true);

    [GeneratedRegex(@"// (?<how>uses|declares|may use)(?<next> next:)? (?<names>[\w.]+(?:, [\w.]+)*)")]
    private static partial Regex Uses();
}

/// <param name="IsOpen">Found or not.</param>
internal sealed record Mark(string File, int Line, string Name, bool IsOpen)
{
    public override string ToString() => $"{File}:{Line} {Name}";
}
