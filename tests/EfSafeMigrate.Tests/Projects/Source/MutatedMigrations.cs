using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Sql;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>Migrations of the samples with damage done to them: nothing ends the review, and a hazard among them is found or said not to be read.</summary>
public class MutatedMigrations
{
    private static readonly int Rounds = SqlCorpus.Full ? 20_000 : 400;

    private static readonly string[] Hazards =
    [
        "{0}.DropTable(name: \"Seeded\");",
        "{0}.DropColumn(name: \"Seeded\", table: \"Seeds\");",
        "{0}.Sql(\"DROP TABLE \\\"Seeded\\\";\");",
        "{0}.Sql(@\"DELETE FROM Seeded; DROP TABLE Seeded;\");",
        "var seeded = \"Seeded\"; {0}.DropTable(seeded);",
        "foreach (var seeded in new[] {{ \"Seeded\" }}) {{ {0}.DropTable(seeded); }}",
        "if (Environment.MachineName == \"Seeded\") {{ {0}.DropTable(\"Seeded\"); }}",
        "{0}.DropTable(Environment.GetEnvironmentVariable(\"Seeded\"));",
        "while (Seeded()) {{ {0}.DropTable(\"Seeded\"); }}",
        "Seeded.Drop({0});",
    ];

    private static readonly string[] Pieces =
        ["(", ")", "{", "}", "\"", ";", ",", ".", "=>", "new", "null", "\"\"\"", "$\"{", "[", "]", "<", ">", "//", "/*", "*/", "#if X\n", "?", "!", "=", "int", "string.Format(\"{9}\", 1)", "default", "throw", "\\", "'", "\0", "0x", "é", "nameof(", "..", "await ", "static "];

    [Fact]
    public void End_no_review()
    {
        var random = new Random(20261121);
        var files = Files();
        for (var round = 0; round < Rounds; round++)
        {
            var (engine, file, text) = files[random.Next(files.Count)];
            var mutated = Mutated(text, random);

            Record.Exception(() => Judge(engine, file, mutated))?.ToString().ShouldBeNull($"round {round}\n{mutated}");
        }
    }

    [Fact]
    public void Hide_no_hazard()
    {
        var random = new Random(20261122);
        var files = Files().Where(each => each.Text.Contains("void Up(MigrationBuilder migrationBuilder)", StringComparison.Ordinal)).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var (engine, file, text) = files[random.Next(files.Length)];
            var seeded = Seeded(text, Hazards[random.Next(Hazards.Length)], random);

            var found = Judge(engine, file, seeded).SelectMany(migration => migration.Migration.Changes)
                .Any(change => change is UnreadOperation || (change is DropTable { Table.Name: "Seeded" or "seeded" } or DropColumn { Name: "Seeded" } or DeleteRows) || (change is OpaqueSql opaque && opaque.Sql.Contains("Seeded", StringComparison.Ordinal)));
            found.ShouldBeTrue($"round {round}\n{seeded}");
        }
    }

    private static IReadOnlyList<ReviewedMigration> Judge(string engine, string file, string text)
    {
        var known = EngineBook.All.Single(each => each.Id == engine);
        var set = Sources.Read(engine, (file, text));
        return Review.Judge(set, together: true, known, FactSheet.Unknown);
    }

    /// <summary>Characters and words are lost, doubled, moved and put in.</summary>
    private static string Mutated(string text, Random random)
    {
        for (var times = random.Next(1, 6); times > 0 && text.Length > 10; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 40), text.Length - at);
            var to = random.Next(text.Length);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(to, text.Substring(at, length)),
                3 => text.Remove(at, length).Insert(Math.Min(to, text.Length - length), Pieces[random.Next(Pieces.Length)]),
                _ => text[..(text.Length - random.Next(text.Length / 4))],
            };
            text = text.Contains("[Migration(", StringComparison.Ordinal) ? text : $"[DbContext(typeof(C))] [Migration(\"1_A\")]\n{text}";
        }
        return text;
    }

    /// <summary>A hazard between two statements of <c>Up</c>, among harmless code of every kind.</summary>
    private static string Seeded(string text, string hazard, Random random)
    {
        string[] harmless =
        [
            "var now = DateTime.Now;", "Console.WriteLine(\"up\");", "if (now.Year > 1) {{ }}", "const string other = \"Other\";", "try {{ }} finally {{ }}", "int Twice(int x) => x * 2;",
            "var builder = {0};", "var all = new List<string> {{ \"a\" }}; all.Add(\"b\");", "{0}.Sql(\"SELECT 1;\");", "// {0}.DropTable(\"Other\");", "goto end; end:", "using var reader = new StringReader(\"\");", "lock (this) {{ }}",
        ];
        var body = string.Join('\n', Enumerable.Range(0, random.Next(0, 4)).Select(_ => harmless[random.Next(harmless.Length)]).Distinct());
        var begin = text.IndexOf("void Up(MigrationBuilder migrationBuilder)", StringComparison.Ordinal);
        var inside = text.IndexOf('{', begin) + 1;
        var end = text.IndexOf("protected override void Down", StringComparison.Ordinal);
        var statements = System.Text.RegularExpressions.Regex.Matches(text[inside..end], @";\r?\n\r?\n            migrationBuilder").Select(match => inside + match.Index + 1).Prepend(inside).ToArray();
        var name = body.Contains("var builder", StringComparison.Ordinal) && random.Next(2) == 0 ? "builder" : "migrationBuilder";
        return text.Insert(statements[random.Next(statements.Length)], $"\n{body.Replace("{0}", "migrationBuilder", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)}\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, hazard, name)}\n");
    }

    private static List<(string Engine, string File, string Text)> Files()
    {
        List<(string, string, string)> files = [];
        foreach (var (sample, engine) in new[] { ("Shop", "postgresql"), ("Library", "sqlite"), ("Legacy", "sqlserver"), ("Pair/Pair.Data", "mysql") })
        {
            var tree = SourceTree.InFolder(Path.Combine(Approval.Root, "tests", "Samples", sample));
            foreach (var migration in SourceMigrations.In(tree).Migrations)
            {
                var text = tree.Read(migration.File)!;
                files.Add((engine, migration.File, text.Replace("public partial class", $"[DbContext(typeof({migration.Context}))] [Migration(\"{migration.Id}\")]\n    public partial class", StringComparison.Ordinal)));
                if (files.Count % 4 == 0)
                {
                    // The model in the same file: what is broken there ends nothing either.
                    var designer = tree.Read(migration.Designer!)!;
                    files.Add((engine, migration.File, $"{files[^1].Item3}\n{designer[designer.IndexOf("namespace", StringComparison.Ordinal)..].Replace("[Migration(", "[Other(", StringComparison.Ordinal).Replace("[DbContext(", "[Another(", StringComparison.Ordinal)}"));
                }
            }
        }
        return files;
    }
}
