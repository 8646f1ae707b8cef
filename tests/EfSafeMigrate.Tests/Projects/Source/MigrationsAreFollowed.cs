using EfSafeMigrate.Changes;
using EfSafeMigrate.Tests.Changes;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>Every way in which EF and people write the calls of a migration.</summary>
public class MigrationsAreFollowed
{
    private const string Table = "DropTable(Table: Orders)";

    [Theory]
    [InlineData("migrationBuilder.DropTable(name: \"Orders\");")]
    [InlineData("migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("migrationBuilder.DropTable(schema: null, name: \"Orders\");")]
    [InlineData("migrationBuilder.DropTable(\"Ord\" + \"ers\");")]
    [InlineData("migrationBuilder.DropTable($\"{\"Ord\"}ers\");")]
    [InlineData("migrationBuilder.DropTable(@\"Orders\");")]
    [InlineData("migrationBuilder.DropTable(\"\"\"Orders\"\"\");")]
    [InlineData("migrationBuilder.DropTable(nameof(Models.Orders));")]
    [InlineData("const string table = \"Orders\"; migrationBuilder.DropTable(table);")]
    [InlineData("var table = \"Ord\"; table += \"ers\"; migrationBuilder.DropTable(table);")]
    [InlineData("foreach (var table in new[] { \"Orders\" }) { migrationBuilder.DropTable(table); }")]
    [InlineData("foreach (var table in new string[] { \"Orders\" }) migrationBuilder.DropTable(table);")]
    [InlineData("string[] tables = [\"Orders\"]; for (var i = 0; i < tables.Length; i++) migrationBuilder.DropTable(tables[i]);")]
    [InlineData("new List<string> { \"Orders\" }.ForEach(table => migrationBuilder.DropTable(table));")]
    [InlineData("if (migrationBuilder.ActiveProvider == \"Npgsql.EntityFrameworkCore.PostgreSQL\") { migrationBuilder.DropTable(\"Orders\"); } else { migrationBuilder.DropTable(\"Others\"); }")]
    [InlineData("if (migrationBuilder.IsSqlServer()) migrationBuilder.DropTable(\"Others\"); else if (migrationBuilder.IsNpgsql()) migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("switch (migrationBuilder.ActiveProvider) { case \"Microsoft.EntityFrameworkCore.Sqlite\": migrationBuilder.DropTable(\"Others\"); break; default: migrationBuilder.DropTable(\"Orders\"); break; }")]
    [InlineData("migrationBuilder.DropTable(migrationBuilder.ActiveProvider switch { \"Npgsql.EntityFrameworkCore.PostgreSQL\" => \"Orders\", _ => \"Others\" });")]
    [InlineData("migrationBuilder.DropTable(migrationBuilder.ActiveProvider.EndsWith(\"PostgreSQL\") ? \"Orders\" : \"Others\");")]
    [InlineData("void Drop(string name) => migrationBuilder.DropTable(name); Drop(\"Orders\");")]
    [InlineData("Action<string> drop = name => { migrationBuilder.DropTable(name); }; drop(\"Orders\");")]
    [InlineData("try { migrationBuilder.DropTable(\"Orders\"); } catch (Exception) { throw; }")]
    [InlineData("{ { migrationBuilder.DropTable(\"Orders\"); } }")]
    [InlineData("migrationBuilder.DropTable(Names.Orders);")]
    [InlineData("migrationBuilder.DropTable(App.Migrations.Names.Orders);")]
    [InlineData("migrationBuilder.DropTable(Own);")]
    [InlineData("var all = new List<string>(); all.Add(\"Orders\"); foreach (var table in all) migrationBuilder.DropTable(table);")]
    [InlineData("var all = new List<string>(); Fill(all); foreach (var table in all) migrationBuilder.DropTable(table);")]
    [InlineData("Shared.AddRange(new[] { \"Orders\" }); foreach (var table in Shared) migrationBuilder.DropTable(table);")]
    [InlineData("for (var i = 0; i < 1; ++i) migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("if (migrationBuilder.ActiveProvider.Contains(\"POSTGRES\", StringComparison.OrdinalIgnoreCase)) migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("if (!\"a\".Equals(\"A\")) migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("migrationBuilder.DropIndex(\"Orders\", 7, \"own overload\");")]
    [InlineData("if (ActiveProvider == \"Npgsql.EntityFrameworkCore.PostgreSQL\") migrationBuilder.DropTable(\"Orders\");")]
    [InlineData("migrationBuilder.DropTable(\"\" + Kind.Orders);")]
    [InlineData("migrationBuilder.DropTable(this.Property);")]
    [InlineData("Help(migrationBuilder, name: \"Orders\");")]
    [InlineData("Drops.All(migrationBuilder);")]
    [InlineData("migrationBuilder.DropOrders();")]
    [InlineData("Drops.DropOrders(migrationBuilder);")]
    [InlineData("migrationBuilder.DropTable(Named(\"Ord\"));")]
    public void Into_the_same_operation(string up) => Of(up).ShouldBe(Table);

    [Theory]
    [InlineData("migrationBuilder.Sql(\"DROP TABLE \\\"Orders\\\";\");")]
    [InlineData("migrationBuilder.Sql(sql: \"DROP TABLE \\\"Orders\\\";\");")]
    [InlineData("migrationBuilder.Sql(@\"DROP TABLE \"\"Orders\"\";\");")]
    [InlineData("migrationBuilder.Sql(\"\"\"\n            DROP TABLE \"Orders\";\n            \"\"\");")]
    [InlineData("migrationBuilder.Sql($\"\"\"DROP TABLE \"{Names.Orders}\";\"\"\");")]
    [InlineData("migrationBuilder.Sql(string.Format(\"DROP TABLE \\\"{0}\\\";\", Own));")]
    [InlineData("migrationBuilder.Sql(string.Join(\" \", \"DROP\", \"TABLE\", \"\\\"Orders\\\";\"));")]
    [InlineData("migrationBuilder.Sql(\"DROP TABLE [Orders];\".Replace(\"[\", \"\\\"\").Replace(\"]\", \"\\\"\"));")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(\"Migrations/drop.sql\"));")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, \"Migrations\", \"drop.sql\")));")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, \"Migrations/drop.sql\")));")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(\"drop.sql\"));")]
    [InlineData("migrationBuilder.Sql(File.ReadAllText(Path.Combine(Directory.GetCurrentDirectory(), @\"../../Migrations/drop.sql\")));")]
    [InlineData("using var stream = typeof(A).Assembly.GetManifestResourceStream(\"App.Migrations.drop.sql\"); using var reader = new StreamReader(stream); migrationBuilder.Sql(reader.ReadToEnd());")]
    [InlineData("var assembly = Assembly.GetExecutingAssembly(); using (var reader = new StreamReader(assembly.GetManifestResourceStream(\"App.Migrations.drop.sql\")!)) { migrationBuilder.Sql(reader.ReadToEnd()); }")]
    public void Into_the_same_statement(string up) => Of(up).ShouldBe("DropTable(Table: Orders)");

    [Theory]
    [InlineData("migrationBuilder.AddColumn<int>(name: \"Age\", table: \"T\", type: \"integer\", nullable: false, defaultValue: 0);", "AddColumn(Table: T; Column: Column(Name: Age; Type: integer; Nullable: False; Default: 0))")]
    [InlineData("migrationBuilder.AddColumn<int?>(\"Age\", \"T\", \"integer\", nullable: true);", "AddColumn(Table: T; Column: Column(Name: Age; Type: integer))")]
    [InlineData("migrationBuilder.AddColumn<string>(\"Note\", \"T\", maxLength: 20, nullable: true);", "AddColumn(Table: T; Column: Column(Name: Note; Type: character varying(20)))")]
    [InlineData("migrationBuilder.AddColumn<DateTime>(name: \"At\", table: \"T\", type: \"timestamp with time zone\", nullable: false, defaultValueSql: \"now()\");", "AddColumn(Table: T; Column: Column(Name: At; Type: timestamp with time zone; Nullable: False; Default: sql (now())))")]
    [InlineData("migrationBuilder.AddColumn<bool>(name: \"On\", table: \"T\", schema: \"s\", type: \"boolean\", nullable: false, defaultValue: false);", "AddColumn(Table: s.T; Column: Column(Name: On; Type: boolean; Nullable: False; Default: FALSE))")]
    [InlineData("migrationBuilder.AddColumn<int>(name: \"Id2\", table: \"T\", type: \"integer\", nullable: false).Annotation(\"Npgsql:ValueGenerationStrategy\", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);", "AddColumn(Table: T; Column: Column(Name: Id2; Type: integer; Nullable: False; Identity: True))")]
    [InlineData("migrationBuilder.AlterColumn<long>(name: \"Age\", table: \"T\", type: \"bigint\", nullable: false, oldClrType: typeof(int), oldType: \"integer\", oldNullable: true);", "AlterColumn(Table: T; New: Column(Name: Age; Type: bigint; Nullable: False); Old: Column(Name: Age; Type: integer))")]
    [InlineData("migrationBuilder.CreateIndex(name: \"IX\", table: \"T\", columns: new[] { \"A\", \"B\" }, unique: true, filter: \"\\\"A\\\" > 1\");", "CreateIndex(Table: T; Index: Index(Name: IX; Columns: [A, B]; Unique: True; Filter: \"A\" > 1))")]
    [InlineData("migrationBuilder.CreateIndex(\"IX\", \"T\", \"A\").Annotation(\"Npgsql:CreatedConcurrently\", true).Annotation(\"Npgsql:IndexMethod\", \"gin\");", "CreateIndex(Table: T; Index: Index(Name: IX; Columns: [A]; Method: gin); Concurrently: True; InTransaction: False)")]
    [InlineData("migrationBuilder.AddForeignKey(name: \"FK\", table: \"T\", column: \"A\", principalTable: \"P\", principalColumn: \"Id\", onDelete: ReferentialAction.Cascade);", "AddForeignKey(Table: T; ForeignKey: ForeignKey(Name: FK; Columns: [A]; Principal: P; PrincipalColumns: [Id]; OnDelete: CASCADE))")]
    [InlineData("migrationBuilder.AddPrimaryKey(name: \"PK\", table: \"T\", columns: [\"A\", \"B\"]);", "AddPrimaryKey(Table: T; Key: Key(Name: PK; Columns: [A, B]))")]
    [InlineData("migrationBuilder.RenameColumn(name: \"A\", table: \"T\", newName: \"B\");", "RenameColumn(Table: T; Name: A; NewName: B)")]
    [InlineData("migrationBuilder.RenameTable(name: \"A\", schema: \"x\", newName: \"B\", newSchema: \"y\");", "RenameTable(Table: x.A; NewName: y.B)")]
    [InlineData("migrationBuilder.Sql(\"UPDATE a SET b = 1;\", suppressTransaction: true);", "UpdateRows(Table: a; Columns: [b]; Values: b = 1; InTransaction: False)")]
    [InlineData("migrationBuilder.InsertData(table: \"T\", columns: new[] { \"Id\", \"N\" }, values: new object[,] { { 1, \"a\" }, { 2, null } });", "InsertData(Table: T; Rows: 2)")]
    [InlineData("migrationBuilder.InsertData(\"T\", new[] { \"Id\", \"N\" }, new object[] { 1, Names.Computed() });", "InsertData(Table: T; Rows: 1)")]
    [InlineData("migrationBuilder.UpdateData(table: \"T\", keyColumn: \"Id\", keyValue: 1, column: \"N\", value: \"b\");", "UpdateData(Table: T; Columns: [N]; Rows: 1; Keys: [\"Id\" = 1])")]
    [InlineData("migrationBuilder.UpdateData(table: \"T\", keyColumns: new[] { \"A\", \"B\" }, keyValues: new object[] { 1, 2 }, columns: new[] { \"N\", \"M\" }, values: new object[] { \"b\", \"c\" });", "UpdateData(Table: T; Columns: [N, M]; Rows: 1; Keys: [\"A\" = 1 AND \"B\" = 2])")]
    [InlineData("migrationBuilder.DeleteData(table: \"T\", keyColumn: \"Id\", keyValues: new object[] { 1, 2, 3 });", "DeleteData(Table: T; Rows: 3)")]
    [InlineData("migrationBuilder.EnsureSchema(name: \"s\"); migrationBuilder.CreateSequence<int>(name: \"q\", schema: \"s\");", "CreateSchema(Name: s)\nCreateSequence(Schema: s; Name: q)")]
    [InlineData("migrationBuilder.DropIndex(\"IX\", \"T\"); migrationBuilder.DropIndex(name: \"IY\");", "DropIndex(Table: T; Name: IX)\nDropIndex(Name: IY)")]
    [InlineData("migrationBuilder.AlterDatabase().Annotation(\"Npgsql:Enum:mood\", \"sad,happy\");", "CreateEnum(Type: EnumType(Name: mood; Values: [sad, happy]); Origin: Origin(Operation: -1; Emitted: True))\nAlterDatabase(What: annotations)")]
    public void With_all_their_arguments(string up, string changes) => Of(up).ShouldBe(changes);

    [Fact]
    public void And_tables_with_their_lambdas() => Of("""
        migrationBuilder.CreateTable(
            name: "Lines",
            schema: "shop",
            columns: table => new
            {
                OrderId = table.Column<int>(type: "integer", nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                Number = table.Column<int>(name: "Line Number", type: "integer", nullable: false),
                Price = table.Column<decimal>(precision: 10, scale: 2, nullable: false, defaultValue: 1.5m),
                Total = table.Column<decimal>(type: "numeric", nullable: true, computedColumnSql: "\"Price\" * 2", stored: true)
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Lines", x => new { x.OrderId, x.Number });
                table.UniqueConstraint("AK_Lines", x => x.Price);
                table.CheckConstraint("CK_Lines", "\"Price\" > 0");
                table.ForeignKey(
                    name: "FK_Lines",
                    column: x => x.OrderId,
                    principalSchema: "shop",
                    principalTable: "Orders",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.SetNull);
            });
        """).ShouldBe("CreateTable(Definition: Table(Name: shop.Lines; Columns: [Column(Name: OrderId; Type: integer; Nullable: False; Identity: True), Column(Name: Line Number; Type: integer; Nullable: False), "
            + "Column(Name: Price; Type: numeric(10,2); Nullable: False; Default: 1.5), Column(Name: Total; Type: numeric; ComputedSql: \"Price\" * 2; Stored: True)]; "
            + "PrimaryKey: Key(Name: PK_Lines; Columns: [OrderId, Line Number]); UniqueConstraints: [Key(Name: AK_Lines; Columns: [Price])]; "
            + "ForeignKeys: [ForeignKey(Name: FK_Lines; Columns: [OrderId]; Principal: shop.Orders; PrincipalColumns: [Id]; OnDelete: SET NULL)]; Checks: [CheckConstraint(Name: CK_Lines; Sql: \"Price\" > 0)]))");

    [Fact]
    public void With_the_place_of_the_call()
    {
        var change = Sources.Read("postgresql", Sources.Migration("migrationBuilder\n                .DropTable(\"Orders\");")).Migrations[0].Changes.ShouldHaveSingleItem();

        change.Origin.ShouldBe(new Origin("1_A", 0, "DropTable") { File = "Migrations/A.cs", Line = 8, Column = 9 });
    }

    /// <summary>Also above the call of a method that makes the operation, and in that method.</summary>
    [Fact]
    public void With_what_comments_accept()
    {
        var read = Sources.Read("postgresql",
            Sources.Migration("""
                // safe-migrate: ignore drop-table because it is empty
                Drops.All(migrationBuilder);
                // safe-migrate: ignore drop-column because nobody reads it
                var nothing = 1;
                """),
            ("Migrations/Drops.cs", "static class Drops { public static void All(MigrationBuilder b)\n{\n// safe-migrate: ignore drop-table-multiple-fks because it has none\nb.DropTable(\"Orders\"); } }")).Migrations[0];

        var change = read.Changes.ShouldHaveSingleItem();
        change.Waivers.Select(waiver => (waiver.Rule, waiver.File, waiver.Line)).ShouldBe([("drop-table-multiple-fks", "Migrations/Drops.cs", 3), ("drop-table", "Migrations/A.cs", 8)]);
        (change.Origin.File, change.Origin.Line).ShouldBe(("Migrations/Drops.cs", 4));
        read.Waivers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(waiver => waiver.Rule.ShouldBe("drop-column"), waiver => waiver.Stray.ShouldBeTrue());
    }

    [Fact]
    public void Also_in_a_class_that_another_derives_from() =>
        Sources.Changes("postgresql",
            ("Base.cs", "public abstract class Base : Migration { protected abstract string Table { get; } protected override void Up(MigrationBuilder b) => b.DropTable(Name); protected const string Name = \"Orders\"; }"),
            ("A.cs", "[DbContext(typeof(Shop)), Migration(\"1_A\")] public class A : Base;")).Show().ShouldBe(Table);

    [Theory]
    [InlineData("migrationBuilder.DropTable(\"A\");", null)]
    [InlineData("", "its Down is empty")]
    [InlineData("throw new NotSupportedException();", "its Down throws NotSupportedException")]
    [InlineData("if (migrationBuilder.IsSqlite()) { migrationBuilder.DropTable(\"A\"); }", "its Down is empty")]
    [InlineData("migrationBuilder.DropTable(\"A\"); throw new InvalidOperationException(\"no\");", "its Down throws InvalidOperationException")]
    public void And_the_way_back(string down, string? why) =>
        Sources.Read("postgresql", Sources.Migration("migrationBuilder.DropTable(\"B\");", down: down)).Migrations[0].NoWayBack.ShouldBe(why);

    private static string Of(string up) => Sources.Changes("postgresql",
        Sources.Migration(up, """
            private const string Own = Names.Orders;
            private string Property => Own;
            private static readonly List<string> Shared = new List<string>();
            private static void Fill(List<string> all) => all.Add(Own);
            private static void Help(MigrationBuilder builder, string name, string? schema = null) { builder.DropTable(name, schema); }
            private static string Named(string begin) { var end = "ers"; return begin + end; }
            """),
        ("Migrations/Names.cs", "namespace App.Migrations; enum Kind { Orders } static class Names { public const string Orders = \"Orders\"; public static string Computed() => Environment.MachineName; }"),
        ("Migrations/Drops.cs", "static class Drops { public static void All(MigrationBuilder b) => b.DropOrders(); public static void DropOrders(this MigrationBuilder b) { b.DropTable(Names.Orders); } public static void DropIndex(this MigrationBuilder b, string table, int x, string y) => b.DropTable(table); }"),
        ("Migrations/drop.sql", "DROP TABLE \"Orders\";")).Show();
}
