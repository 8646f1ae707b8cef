using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Source;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>C# that is valid and seldom written: the table that goes is found, or what is not read is said.</summary>
public class OddMigrationsAreRead
{
    private const string Helpers = """
        namespace App
        {
            static class Names { public const string Orders = "Orders"; }

            static class Held { public static MigrationBuilder Builder; public static void Keep(MigrationBuilder b) { Builder = b; } public static void Go() { Builder.DropTable("Orders"); } }

            abstract class Stepwise : Migration
            {
                protected virtual string Table => "Other";
                protected virtual void Step(MigrationBuilder migrationBuilder) { }
                protected void All(MigrationBuilder migrationBuilder) => Step(migrationBuilder);
                protected void Drop(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(Table);
            }

            static class Clearing { public static void Clear(this MigrationBuilder b, int times) { } public static void Clear(this MigrationBuilder b, string table) => b.DropTable("Orders"); }

            static class ForModels { public static void Forget(this ModelBuilder builder) { } }

            static class ForMigrations { public static void Forget(this MigrationBuilder builder) => builder.DropTable("Orders"); }
        }

        namespace Elsewhere { static class Tables { public const string First = "Other"; } }
        namespace App.Data { static class Tables { public const string First = "Orders"; } }
        """;

    [Theory]
    [InlineData("migrationBuilder.DropTable(App.Names.Orders);", "")]
    [InlineData("Step(migrationBuilder); void Step(MigrationBuilder b) { Deeper(b); void Deeper(MigrationBuilder c) => c.DropTable(\"Orders\"); }", "")]
    [InlineData("migrationBuilder.Sql($$\"\"\"DROP TABLE \"{{Own}}\";\"\"\", suppressTransaction: true);", "const string Own = \"Orders\";")]
    [InlineData("migrationBuilder.Forget();", "")]
    [InlineData("Drop(migrationBuilder, 7);", "void Drop(MigrationBuilder b, int times, bool dry = false) { } void Drop(MigrationBuilder b, int times) => b.DropTable(\"Orders\");")]
    [InlineData("try { Check(); } catch (Exception) { migrationBuilder.DropTable(\"Orders\"); }", "void Check() { }")]
    [InlineData("try { throw new InvalidOperationException(); } catch { } migrationBuilder.DropTable(\"Orders\");", "")]
    [InlineData("var names = new[] { \"Orders\" }; Drop(migrationBuilder, names);", "void Drop(MigrationBuilder b, params string[] tables) { foreach (var table in tables) b.DropTable(table); }")]
    [InlineData("Drop(migrationBuilder, \"Orders\");", "void Drop(MigrationBuilder b, params string[] tables) { foreach (var table in tables) b.DropTable(table); }")]
    [InlineData("Step(migrationBuilder);", "string Up(string text) => text; void Step(MigrationBuilder b) => b.DropTable(\"Orders\");")]
    public void And_understood(string up, string members) => Drops(up, members).ShouldBe((true, false));

    [Theory]
    [InlineData("builder = migrationBuilder; Step();", "MigrationBuilder builder; void Step() => builder.DropTable(\"Orders\");")]
    [InlineData("this.builder = migrationBuilder; Step();", "MigrationBuilder builder; void Step() => builder.DropTable(\"Orders\");")]
    [InlineData("this.builder = migrationBuilder; Step();", "MigrationBuilder builder { get; set; } void Step() { this.builder.DropTable(\"Orders\"); }")]
    [InlineData("Held.Keep(migrationBuilder); Held.Go();", "")]
    [InlineData("Held.Builder = migrationBuilder; Held.Go();", "")]
    [InlineData("var (b, table) = (migrationBuilder, \"Orders\"); b.DropTable(table);", "")]
    [InlineData("(MigrationBuilder b, string table) = (migrationBuilder, \"Orders\"); b.DropTable(table);", "")]
    [InlineData("foreach (var (table, keep) in new[] { (\"Orders\", false) }) { migrationBuilder.DropTable(table); }", "")]
    [InlineData("_ = Environment.MachineName == \"A\" ? migrationBuilder.DropTable(\"Orders\") : migrationBuilder.DropTable(\"Other\");", "")]
    [InlineData("do { migrationBuilder.DropTable(\"Orders\"); } while (false);", "")]
    [InlineData("#if POSTGRES\nmigrationBuilder.DropTable(\"Orders\");\n#endif", "")]
    [InlineData("#if !DEBUG\nmigrationBuilder.DropTable(\"Other\");\n#else\nmigrationBuilder.DropTable(\"Orders\");\n#endif", "")]
    [InlineData("migrationBuilder.DropTable(Own);", "#if POSTGRES\nconst string Own = \"Orders\";\n#else\nconst string Own = \"Other\";\n#endif")]
    [InlineData("Drop(migrationBuilder, \"s\");", "void Drop(MigrationBuilder b, int times) { } void Drop(MigrationBuilder b, string table) => b.DropTable(\"Orders\");")]
    [InlineData("migrationBuilder.Clear(\"s\");", "")]
    [InlineData("migrationBuilder.DropTable(table);", "readonly string table = \"Other\"; public A() { table = \"Orders\"; }")]
    [InlineData("migrationBuilder.DropTable(Tables.First);", "")]
    [InlineData("migrationBuilder.DropTable(First);", "")]
    [InlineData("foreach (var table in All()) migrationBuilder.DropTable(table);", "IEnumerable<string> All() { yield return \"Orders\"; }")]
    [InlineData("new[] { \"Orders\" }.ToList().ForEach(Drop); void Drop(string table) => migrationBuilder.DropTable(table);", "")]
    [InlineData("var sql = new StringBuilder(); sql.Append(\"DROP TABLE orders;\"); migrationBuilder.Sql(sql.ToString());", "")]
    [InlineData("Drop<Order>(migrationBuilder);", "void Drop<T>(MigrationBuilder b) => b.DropTable(typeof(T).Name + \"s\");")]
    public void Or_said_not_to_be(string up, string members)
    {
        var (found, unread) = Drops(up, members);
        (found || unread).ShouldBeTrue();
    }

    [Theory]
    [InlineData("protected override void Step(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(\"Orders\");", "All(migrationBuilder);")]
    [InlineData("protected override string Table => \"Orders\";", "Drop(migrationBuilder);")]
    public void What_a_class_overrides_is_its_own(string member, string up)
    {
        var (file, text) = Sources.Migration(up, member);

        Drops([(file, text.Replace(": Migration", ": Stepwise", StringComparison.Ordinal)), ("Helpers.cs", Helpers)]).ShouldBe((true, false));
    }

    [Fact]
    public void A_class_that_is_left_out_of_the_build_is_not_a_safe_one()
    {
        var (file, text) = Sources.Migration("migrationBuilder.DropTable(\"Orders\");");

        Drops([(file, $"#if POSTGRES\n{text}\n#endif")]).ShouldBe((false, true));
    }

    [Theory]
    [InlineData("[Migration(Ids.First)]", "1_A")]
    [InlineData("[Migration(App.Ids.First)]", "1_A")]
    [InlineData("[Migration(\"1\" + \"_A\")]", "1_A")]
    [InlineData("[Migration(id: \"1_A\")]", "1_A")]
    [InlineData("[Migration(Vendor.Numbers.First)]", "20260101000000_A")]
    public void Its_id_may_stand_elsewhere(string attribute, string id)
    {
        var (_, text) = Sources.Migration("migrationBuilder.DropTable(\"Orders\");");
        var tree = Sources.Tree(("20260101000000_A.cs", text.Replace("[Migration(\"1_A\")]", attribute, StringComparison.Ordinal)), ("Ids.cs", "namespace App { static class Ids { internal const string First = \"1_A\"; } }"));

        SourceMigrations.In(tree).Migrations.ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Theory]
    [InlineData("class Files { const string All = \"src/*.cs\"; }")]
    [InlineData("class Files { const string All = \"\"\"\n/*\n\"\"\"; }")]
    [InlineData("// from a/* to b")]
    [InlineData("[Obsolete(\"see https://example.com\")]")]
    public void A_text_is_no_comment(string before)
    {
        var (file, text) = Sources.Migration("migrationBuilder.DropTable(\"Orders\");");

        SourceMigrations.In(Sources.Tree((file, text.Replace("[DbContext", $"{before} {(before[0] == '/' ? "\n" : "")}[DbContext", StringComparison.Ordinal)))).Migrations.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_helper_may_stand_in_another_part()
    {
        var (file, text) = Sources.Migration("Step(migrationBuilder);");

        Drops([(file, text), ("Migrations/A.Steps.cs", "namespace App.Migrations { partial class A { void Step(MigrationBuilder b) => b.DropTable(Orders); const string Orders = \"Orders\"; } }")]).ShouldBe((true, false));
    }

    private static (bool Found, bool Unread) Drops(string up, string members) =>
        Drops([Sources.Migration($"{up}\n", $"\n{members}\n"), ("Helpers.cs", Helpers)]);

    private static (bool Found, bool Unread) Drops((string File, string Text)[] files)
    {
        var changes = Sources.Changes("postgresql", files);
        return (changes.Any(change => change is DropTable { Table.Name: "Orders" or "orders" }), changes.Any(change => change is UnreadOperation));
    }
}
