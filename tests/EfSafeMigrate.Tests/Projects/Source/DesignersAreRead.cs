using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Tests.Changes;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>The schema that a Designer describes, with the names that EF gives where it writes none.</summary>
public class DesignersAreRead
{
    [Fact]
    public void With_the_names_of_EF() => Model("postgresql", """
        modelBuilder.Entity("App.Order", b =>
            {
                b.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("integer");
                NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property<int>("Id"));
                b.Property<int?>("CustomerId").HasColumnType("integer");
                b.Property<string>("Number").IsRequired().HasMaxLength(20).HasColumnType("character varying(20)").HasColumnName("no");
                b.Property<string>("Note").HasColumnType("text").HasDefaultValue("none");
                b.Property<DateTime>("At").HasColumnType("timestamp with time zone").HasDefaultValueSql("now()");
                b.Property<decimal>("Total").HasColumnType("numeric").HasComputedColumnSql("1 + 1", true);
                b.HasKey("Id");
                b.HasAlternateKey("Number");
                b.HasIndex("CustomerId");
                b.HasIndex("Number", "At").IsUnique().HasFilter("x > 1");
                b.HasIndex(new[] { "Note" }, "named").HasAnnotation("Npgsql:IndexMethod", "gin");
                b.ToTable("Orders", "shop", t =>
                    {
                        t.HasCheckConstraint("CK", "1 = 1");
                        t.HasTrigger("tr");
                    });
            });
        modelBuilder.Entity("App.Customer", b =>
            {
                b.Property<int>("Id").HasColumnType("integer");
                b.HasKey("Id").HasName("customers_pk");
                b.ToTable("Customers");
            });
        modelBuilder.Entity("App.Order", b =>
            {
                b.HasOne("App.Customer", "Customer").WithMany("Orders").HasForeignKey("CustomerId").OnDelete(DeleteBehavior.SetNull);
                b.Navigation("Customer");
            });
        """).ShouldBe("""
        Table(Name: Customers; Columns: [Column(Name: Id; Type: integer; Nullable: False)]; PrimaryKey: Key(Name: customers_pk; Columns: [Id]))
        Table(Name: shop.Orders; Columns: [Column(Name: Id; Type: integer; Nullable: False; Identity: True), Column(Name: At; Type: timestamp with time zone; Nullable: False; Default: sql now()), Column(Name: CustomerId; Type: integer), Column(Name: Note; Type: text; Default: 'none'), Column(Name: Total; Type: numeric; Nullable: False; ComputedSql: 1 + 1; Stored: True), Column(Name: no; Type: character varying(20); Nullable: False)]; PrimaryKey: Key(Name: PK_Orders; Columns: [Id]); UniqueConstraints: [Key(Name: AK_Orders_no; Columns: [no])]; ForeignKeys: [ForeignKey(Name: FK_Orders_Customers_CustomerId; Columns: [CustomerId]; Principal: Customers; PrincipalColumns: [Id]; OnDelete: SET NULL)]; Indexes: [Index(Name: IX_Orders_CustomerId; Columns: [CustomerId]), Index(Name: IX_Orders_no_At; Columns: [no, At]; Unique: True; Filter: x > 1), Index(Name: named; Columns: [Note]; Method: gin)]; Checks: [CheckConstraint(Name: CK; Sql: 1 = 1)]; Triggers: [tr])
        """);

    [Fact]
    public void With_what_shares_a_row_or_a_document() => Model("sqlserver", """
        modelBuilder.Entity("App.Order", b =>
            {
                b.Property<int>("Id").HasColumnType("int");
                SqlServerPropertyBuilderExtensions.UseIdentityColumn(b.Property<int>("Id"));
                b.ComplexProperty<Dictionary<string, object>>("Price", "App.Order.Price#Money", b1 =>
                    {
                        b1.IsRequired();
                        b1.Property<decimal>("Amount").HasColumnType("decimal(18,2)");
                    });
                b.HasKey("Id");
                b.ToTable("Orders");
                b.OwnsOne("App.Address", "Ship", b1 =>
                    {
                        b1.Property<int>("OrderId").HasColumnType("int");
                        b1.Property<string>("City").IsRequired().HasColumnType("nvarchar(80)");
                        b1.HasKey("OrderId");
                        b1.HasIndex("City");
                        b1.ToTable("Orders");
                        b1.WithOwner().HasForeignKey("OrderId");
                    });
                b.OwnsOne("App.Address", "Bill", b1 =>
                    {
                        b1.Property<int>("OrderId").HasColumnType("int");
                        b1.Property<string>("City").IsRequired().HasColumnType("nvarchar(80)");
                        b1.HasKey("OrderId");
                        b1.ToTable("Orders");
                        b1.WithOwner().HasForeignKey("OrderId");
                    });
                b.OwnsMany("App.Line", "Lines", b1 =>
                    {
                        b1.Property<int>("OrderId").HasColumnType("int");
                        b1.Property<int>("Id").HasColumnType("int");
                        b1.HasKey("OrderId", "Id");
                        b1.ToTable("Lines");
                        b1.WithOwner().HasForeignKey("OrderId");
                    });
                b.OwnsOne("App.Extra", "Extra", b1 =>
                    {
                        b1.Property<int>("OrderId");
                        b1.HasKey("OrderId");
                        b1.ToTable("Orders");
                        b1.ToJson("extra");
                        b1.WithOwner().HasForeignKey("OrderId");
                    });
                b.Navigation("Ship").IsRequired();
            });
        modelBuilder.Entity("App.View", b =>
            {
                b.Property<int>("Id").HasColumnType("int");
                b.ToTable((string)null);
                b.ToView("Views", (string)null);
            });
        """).ShouldBe("""
        Table(Name: Lines; Columns: [Column(Name: OrderId; Type: int; Nullable: False), Column(Name: Id; Type: int; Nullable: False)]; PrimaryKey: Key(Name: PK_Lines; Columns: [OrderId, Id]); ForeignKeys: [ForeignKey(Name: FK_Lines_Orders_OrderId; Columns: [OrderId]; Principal: Orders; PrincipalColumns: [Id]; OnDelete: CASCADE)])
        Table(Name: Orders; Columns: [Column(Name: Id; Type: int; Nullable: False; Identity: True), Column(Name: Bill_City; Type: nvarchar(80)), Column(Name: Price_Amount; Type: decimal(18,2); Nullable: False), Column(Name: Ship_City; Type: nvarchar(80); Nullable: False), Column(Name: extra; Type: nvarchar(max))]; PrimaryKey: Key(Name: PK_Orders; Columns: [Id]); Indexes: [Index(Name: IX_Orders_Ship_City; Columns: [Ship_City])])
        """);

    [Theory]
    [InlineData("", "Table(Name: Animals; Columns: [Column(Name: Id; Type: INTEGER; Nullable: False; Identity: True), Column(Name: Barks; Type: INTEGER), Column(Name: Kind; Type: TEXT; Nullable: False)]; PrimaryKey: Key(Name: PK_Animals; Columns: [Id]))")]
    [InlineData("b.UseTptMappingStrategy();|b.ToTable(\"Dogs\");|b.HasOne(\"App.Animal\", null).WithOne().HasForeignKey(\"App.Dog\", \"Id\").OnDelete(DeleteBehavior.Cascade).IsRequired();", """
        Table(Name: Animals; Columns: [Column(Name: Id; Type: INTEGER; Nullable: False; Identity: True), Column(Name: Kind; Type: TEXT; Nullable: False)]; PrimaryKey: Key(Name: PK_Animals; Columns: [Id]))
        Table(Name: Dogs; Columns: [Column(Name: Id; Type: INTEGER; Nullable: False; Identity: True), Column(Name: Barks; Type: INTEGER; Nullable: False)]; PrimaryKey: Key(Name: PK_Dogs; Columns: [Id]); ForeignKeys: [ForeignKey(Name: FK_Dogs_Animals_Id; Columns: [Id]; Principal: Animals; PrincipalColumns: [Id]; OnDelete: CASCADE)])
        """)]
    [InlineData("b.ToTable((string)null); b.UseTpcMappingStrategy();|b.ToTable(\"Dogs\");", "Table(Name: Dogs; Columns: [Column(Name: Id; Type: INTEGER; Nullable: False; Identity: True), Column(Name: Barks; Type: INTEGER; Nullable: False), Column(Name: Kind; Type: TEXT; Nullable: False)]; PrimaryKey: Key(Name: PK_Dogs; Columns: [Id]))")]
    public void With_types_that_derive_from_others(string strategy, string tables)
    {
        var parts = strategy.Split('|');
        Model("sqlite", $$"""
            modelBuilder.Entity("App.Animal", b =>
                {
                    b.Property<int>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
                    b.Property<string>("Kind").IsRequired().HasColumnType("TEXT");
                    b.HasKey("Id");
                    b.ToTable("Animals");
                    {{parts[0]}}
                });
            modelBuilder.Entity("App.Dog", b =>
                {
                    b.HasBaseType("App.Animal");
                    b.Property<bool>("Barks").HasColumnType("INTEGER");
                    {{parts.ElementAtOrDefault(1)}}
                });
            modelBuilder.Entity("App.Dog", b =>
                {
                    {{parts.ElementAtOrDefault(2)}}
                });
            """).ShouldBe(tables.ReplaceLineEndings("\n"));
    }

    /// <summary>What a run of migrations makes of the schema is what their Designers say, on every sample.</summary>
    [Theory]
    [InlineData("Shop", "ShopContext", "postgresql")]
    [InlineData("Library", "LibraryContext", "sqlite")]
    [InlineData("Legacy", "WorkshopContext", "sqlite")]
    [InlineData("Pair/Pair.Data", "OrderingContext", "sqlite")]
    [InlineData("Pair/Pair.Data", "BillingContext", "sqlite")]
    public void And_agree_with_the_operations(string sample, string context, string engine)
    {
        var classes = new SourceClasses(SourceTree.InFolder(Path.Combine(Approval.Root, "tests", "Samples", sample)));
        var migrations = SourceMigrations.In(classes.Tree).Of(context);
        var known = EngineBook.All.Single(each => each.Id == engine);
        var described = new SourceDescriber(classes, migrations, known, known.Providers[0]).Describe([.. migrations.Migrations.Select(migration => migration.Id)]).Described;

        for (var index = 1; index < described.Migrations.Count; index++)
        {
            var (moved, designed) = (Show(described.Migrations[index].Source!), Show(SourceModel.Of(migrations.Migrations[index - 1], classes, known)!));
            moved.Except(designed).Concat(designed.Except(moved)).ShouldBeEmpty(migrations.Migrations[index - 1].Id);
        }
    }

    [Theory]
    [InlineData("Models.Build(modelBuilder);", true)]
    [InlineData("Build(modelBuilder); NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);", true)]
    [InlineData("Models.Build(modelBuilder); Vendor.More(modelBuilder);", false)]
    [InlineData("Models.Build(modelBuilder); if (DateTime.Now.Year > 1) { }", false)]
    [InlineData("Models.Build(modelBuilder); Models.Endless(modelBuilder);", false)]
    public void A_model_that_is_built_elsewhere_is_read_or_not_believed(string statements, bool whole)
    {
        var tree = Sources.Tree(
            Sources.Migration("", $$"""protected override void BuildTargetModel(ModelBuilder modelBuilder) { {{statements}} } static void Build(ModelBuilder b) => Models.Build(b);"""),
            ("Models.cs", "static class Models { public static void Build(ModelBuilder m) { m.Entity(\"App.T\", b => { b.Property<int>(\"Id\").HasColumnType(\"integer\"); b.ToTable(\"T\"); }); } public static void Endless(ModelBuilder m) { Endless(m); } }"));

        var model = SourceModel.Of(SourceMigrations.In(tree).Migrations[0], new SourceClasses(tree), EngineBook.All.Single(each => each.Id == "postgresql"));

        model?.Tables.Select(table => table.Name.Name).ShouldBe(["T"]);
        (model is not null).ShouldBe(whole);
    }

    [Fact]
    public void A_schema_that_operations_do_not_tell_comes_from_the_Designer()
    {
        var model = """
            protected override void BuildTargetModel(ModelBuilder modelBuilder)
            {
                modelBuilder.Entity("App.T", b => { b.Property<int>("Id").HasColumnType("integer"); b.Property<int>("Was").HasColumnType("integer"); b.HasKey("Id"); b.ToTable("T"); });
            }
            """;
        var set = Sources.Read("postgresql",
            Sources.Migration("", model, "1_A"),
            Sources.Migration("migrationBuilder.AlterColumn<long>(name: \"Was\", table: \"T\", type: \"bigint\", nullable: false);", id: "2_B", file: "Migrations/B.cs"));

        set.Migrations[1].Changes.ShouldHaveSingleItem().ShouldBeOfType<AlterColumn>().Old.ShouldBe(new Column("Was", "integer", Nullable: false));
    }

    private static string Model(string engine, string statements)
    {
        var file = Sources.Migration("", $$"""protected override void BuildTargetModel(ModelBuilder modelBuilder) { {{statements}} }""");
        var tree = Sources.Tree(file);
        var model = SourceModel.Of(SourceMigrations.In(tree).Migrations[0], new SourceClasses(tree), EngineBook.All.Single(each => each.Id == engine))!;
        return string.Join('\n', model.Tables.Select(Shown.Of));
    }

    private static string[] Show(DatabaseModel model) => [.. model.Tables.Select(table => Shown.Of(table with
    {
        Columns = [.. table.Columns.OrderBy(column => column.Name, StringComparer.Ordinal)],
        Indexes = [.. table.Indexes.OrderBy(index => index.Name, StringComparer.Ordinal)],
        ForeignKeys = [.. table.ForeignKeys.OrderBy(key => key.Name, StringComparer.Ordinal)],
    }))];
}
