using EfSafeMigrate.Engines;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Scaffolding.Tests;

/// <summary>A test of migrations, as C# for the user's test project.</summary>
/// <param name="Name">Of the migration, or of the plan.</param>
/// <param name="Migrations">Ids, oldest first.</param>
/// <param name="Context">How the test comes by a context.</param>
/// <param name="Rows">What the tables hold before.</param>
internal sealed record MigrationTest(string Name, string Namespace, IReadOnlyList<string> Migrations, ContextCreation Context, TestRows Rows)
{
    /// <summary>Where somebody says which server.</summary>
    public const string Variable = "SAFE_MIGRATE_TEST_CONNECTION";

    private const string Folder = "MigrationTests";
    private const string Indent = "        ";

    /// <summary>Those whose model is that of a contract which was held back.</summary>
    public IReadOnlyList<string> Ahead { get; init; } = [];

    public string Class => $"{Name}Tests";

    /// <param name="project">Folder of the test project.</param>
    public static string PathOf(string project, string name) => Path.Combine(project, Folder, $"{name}Tests.cs");

    /// <param name="root">The test project's root namespace.</param>
    public static string NamespaceIn(string root) => $"{root}.{Folder}";

    public string Text(TestForms forms) => Templates.Fill("migration-test.cs", new Dictionary<string, string>
    {
        ["name"] = Name,
        ["where"] = forms.NeedsServer ? $".\n// {Variable} says on which server, as a user who may create databases: {forms.Example}" : "",
        ["namespace"] = Namespace,
        ["class"] = Class,
        ["migrations"] = List(Migrations),
        ["held"] = List(Ahead),
        ["new-names"] = Pairs(Rows.NewNames),
        ["not-kept"] = string.Join(", ", Rows.NotKept.Select(Literal)),
        ["tables"] = Pairs(Rows.Tables),
        ["rows"] = Block(Rows.Sql),
        ["catalogue"] = Block(forms.Catalogue),
        ["server"] = forms.NeedsServer ? Server : "",
        ["context"] = Context.Type,
        ["create"] = Context.Statements,
        ["connection"] = forms.NeedsServer
            ? "new System.Data.Common.DbConnectionStringBuilder { ConnectionString = Server, [\"Database\"] = $\"migration_test_{Guid.NewGuid():N}\" }.ConnectionString"
            : "$\"Data Source={System.IO.Path.Combine(System.IO.Path.GetTempPath(), $\"migration-test-{Guid.NewGuid():N}.db\")}\"",
    });

    /// <summary>The elements of a list of texts, a line each.</summary>
    public static string List(IEnumerable<string> texts) => texts.ToArray() is { Length: > 0 } some ? $"\n{string.Concat(some.Select(each => $"{Indent}{Literal(each)},\n"))}    " : "";

    private static string Server => $$"""

            private static string Server => Environment.GetEnvironmentVariable("{{Variable}}") is { Length: > 0 } given ? given
                : throw new InvalidOperationException("{{Variable}} is not set: give it the connection to a server on which the test may create databases.");

        """.ReplaceLineEndings("\n");

    private static string Pairs(IReadOnlyList<(string Key, string Value)> pairs) =>
        pairs.Count == 0 ? "" : $" {{ {string.Join(", ", pairs.Select(pair => $"[{Literal(pair.Key)}] = {Literal(pair.Value)}"))} }}";

    private static string Block(string text)
    {
        var fence = new string('"', 3);
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += '"';
        }
        return $"{fence}\n{string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? "" : Indent + line))}\n{Indent}{fence}";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
