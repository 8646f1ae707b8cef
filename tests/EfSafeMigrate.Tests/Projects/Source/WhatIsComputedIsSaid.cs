using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>Nothing passes in silence that source mode cannot read.</summary>
public class WhatIsComputedIsSaid
{
    [Theory]
    [InlineData("migrationBuilder.DropTable(Environment.GetEnvironmentVariable(\"T\"));", "DropTable", "it is computed when it runs")]
    [InlineData("migrationBuilder.DropColumn(\"A\", table: Names.Read());", "DropColumn", "it is computed when it runs")]
    [InlineData("migrationBuilder.Sql(BuildSql());", "Sql", "no method `BuildSql` is in the project")]
    [InlineData("migrationBuilder.DropTable(Vendor.Names.Orders);", "DropTable", "it is computed when it runs")]
    [InlineData("migrationBuilder.AddForeignKey(\"FK\", \"T\", \"A\", \"P\", onDelete: Action());", "AddForeignKey", "no method `Action` is in the project")]
    [InlineData("migrationBuilder.Sql($\"DROP TABLE {DateTime.Now}\");", "Sql", "it is computed when it runs")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(\"gone.sql\"));", "Sql", "there is no file `gone.sql`")]
    [InlineData("foreach (var table in Names.All()) { migrationBuilder.DropTable(table); }", "DropTable", "it is computed when it runs")]
    [InlineData("migrationBuilder.DropEverything();", "DropEverything", "`DropEverything` is neither EF's nor in the project")]
    [InlineData("Other.Library.Drop(migrationBuilder);", "Drop", "it is computed when it runs")]
    [InlineData("migrationBuilder.Operations.Add(new DropTableOperation { Name = \"A\" });", "call", "`Operations` is followed only when it runs")]
    [InlineData("while (More()) { migrationBuilder.DropTable(\"A\"); }", "call", "such a statement is followed only when it runs")]
    [InlineData("Names.All().ToList().ForEach(table => migrationBuilder.DropTable(table));", "ForEach", "it is computed when it runs")]
    [InlineData("var all = new[] { \"A\" }.Where(each => each.Length > 0).Select(each => migrationBuilder.DropTable(each)).ToList();", "Select", "it is computed when it runs")]
    [InlineData("migrationBuilder?.DropTable(\"A\");", "call", "it is computed when it runs")]
    [InlineData("migrationBuilder.DropTable();", "DropTable", "it does not say its `name`")]
    [InlineData("migrationBuilder.DropTable(named: \"A\");", "DropTable", "EF has no parameter `named`")]
    [InlineData("migrationBuilder.CreateTable(\"A\", Columns);", "CreateTable", "its columns are not written where it is called")]
    [InlineData("migrationBuilder.AddColumn<int>(\"A\", \"T\", type: Names.Read());", "AddColumn", "it is computed when it runs")]
    [InlineData("migrationBuilder.CreateIndex(\"IX\", \"T\", new[] { Names.Read() });", "CreateIndex", "it is computed when it runs")]
    [InlineData("migrationBuilder.DropTable(\"A\").Forget();", "Forget", "`Forget` is no method of EF's")]
    [InlineData("throw new NotSupportedException();", "Up", "it throws NotSupportedException")]
    [InlineData("Endless(migrationBuilder);", "Endless", "it calls itself")]
    public void As_an_operation_of_its_own(string up, string operation, string why)
    {
        var changes = Read(up).Changes;

        changes.OfType<UnreadOperation>().Select(unread => (unread.Operation, unread.Why)).ShouldContain((operation, why));
    }

    [Fact]
    public void And_needs_somebody_who_accepts_it()
    {
        var engine = EngineBook.All.Single(each => each.Id == "postgresql");
        var set = new ChangeSet([Read("migrationBuilder.DropTable(Names.Read());")]);

        var finding = Review.Judge(set, together: true, engine, FactSheet.Unknown).SelectMany(migration => migration.Findings).Single(finding => finding.Rule == "raw-sql-opaque");

        finding.Message.ShouldBe("migrationBuilder.DropTable(Names.Read()) is not judged: it is computed when it runs. The word DropTable stands in it.");
        (finding.Severity, finding.NeedsWaiver, finding.Origin.Line).ShouldBe((Severity.Dangerous, true, 8));
    }

    [Fact]
    public void Both_branches_count_where_nobody_can_tell_which_is_taken() =>
        Read("if (DateTime.Now.Year > 2030) { migrationBuilder.DropTable(\"A\"); } else { migrationBuilder.DropTable(\"B\"); }").Changes
            .OfType<DropTable>().Select(drop => drop.Table.Name).ShouldBe(["A", "B"]);

    [Theory]
    [InlineData("if (Environment.MachineName == \"A\") { migrationBuilder.DropTable(\"A\"); }")]
    [InlineData("switch (Environment.MachineName) { case \"B\": migrationBuilder.DropTable(\"A\"); break; }")]
    [InlineData("switch (1) { case Vendor.One: migrationBuilder.DropTable(\"A\"); break; default: break; }")]
    [InlineData("if (Vendor.One is Vendor.Two) { migrationBuilder.DropTable(\"A\"); }")]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) { migrationBuilder.DropTable(\"A\"); }")]
    public void What_others_know_is_no_reason_to_skip_anything(string up) => Read(up).Changes.ShouldHaveSingleItem().ShouldBeOfType<DropTable>();

    [Theory]
    [InlineData("migrationBuilder.DropTable(\"A\" + Environment.MachineName);")]
    [InlineData("migrationBuilder.DropTable($\"A{Vendor.Name}\");")]
    public void Nor_is_its_name_its_text(string up) => Read(up).Changes.ShouldHaveSingleItem().ShouldBeOfType<UnreadOperation>();

    /// <summary>Each leaves a list or a variable in a state that nobody follows.</summary>
    [Theory]
    [InlineData("var all = new List<string> { \"A\" }; all.Insert(0, \"B\"); foreach (var table in all) migrationBuilder.DropTable(table);")]
    [InlineData("var all = new[] { \"A\" }; all[0] = \"B\"; foreach (var table in all) migrationBuilder.DropTable(table);")]
    [InlineData("var all = new[] { \"A\" }; Vendor.Change(all); foreach (var table in all) migrationBuilder.DropTable(table);")]
    [InlineData("Vendor.Change(Shared); foreach (var table in Shared) migrationBuilder.DropTable(table);")]
    [InlineData("foreach (var each in Shared) { } Shared[0] = \"B\"; foreach (var table in Shared) migrationBuilder.DropTable(table);")]
    [InlineData("var table = \"A\"; Vendor.Change(ref table); migrationBuilder.DropTable(table);")]
    [InlineData("var table = \"A\"; Change(ref table); migrationBuilder.DropTable(table);")]
    [InlineData("var table = \"A\"; while (More()) { table = \"B\"; } migrationBuilder.DropTable(table);")]
    [InlineData("var table = \"A\"; Vendor.Each(x => table = x); migrationBuilder.DropTable(table);")]
    [InlineData("var at = 0; while (More()) { at++; } migrationBuilder.DropTable(new[] { \"A\", \"B\" }[at]);")]
    [InlineData("var all = new List<string> { \"A\" }; all.AddRange(Names.All()); migrationBuilder.DropTable(all[1]);")]
    public void And_what_was_changed_out_of_sight(string up) => Read(up).Changes.ShouldHaveSingleItem().ShouldBeOfType<UnreadOperation>();

    [Fact]
    public void What_a_branch_may_have_assigned_is_not_known_behind_it() =>
        Read("var table = \"A\"; if (DateTime.Now.Year > 2030) { table = \"B\"; } migrationBuilder.DropTable(table);").Changes.ShouldHaveSingleItem().ShouldBeOfType<UnreadOperation>();

    [Theory]
    [InlineData("var now = DateTime.Now; Console.WriteLine(now); Log(now);")]
    [InlineData("if (migrationBuilder.IsSqlite()) { migrationBuilder.DropTable(\"A\"); }")]
    [InlineData("var provider = migrationBuilder.ActiveProvider; if (provider != \"Npgsql.EntityFrameworkCore.PostgreSQL\") { return; }")]
    public void But_nothing_that_has_nothing_to_do_with_the_builder(string up) => Read(up).Changes.ShouldBeEmpty();

    [Fact]
    public void A_default_that_is_computed_is_a_value_all_the_same() =>
        Read("migrationBuilder.AddColumn<DateTime>(\"At\", \"T\", type: \"timestamp with time zone\", nullable: false, defaultValue: DateTime.UtcNow);").Changes
            .ShouldHaveSingleItem().ShouldBeOfType<AddColumn>().Column.Default!.Constant.ShouldBeTrue();

    private static MigrationChanges Read(string up) => Sources.Read("postgresql",
        Sources.Migration(up, "private static void Endless(MigrationBuilder b) => Endless(b); private static readonly string[] Shared = { \"A\" }; private static void Change(ref string table) { table = \"B\"; }"),
        ("Names.cs", "static class Names { public static string Read() => Console.ReadLine(); public static IEnumerable<string> All() { yield return \"A\"; } }")).Migrations[0];
}
