using EfSafeMigrate.Tests.Changes;

namespace EfSafeMigrate.Tests.Projects.Source;

/// <summary>What each provider adds to an operation, without the provider.</summary>
public class ProvidersAreForetold
{
    private const string Table = """
        migrationBuilder.CreateTable(name: "T", columns: table => new
        {
            Id = table.Column<int>(type: "int", nullable: false),
            A = table.Column<int>(type: "int", nullable: true),
            B = table.Column<int>(type: "int", nullable: false)
        }, constraints: table => table.PrimaryKey("PK_T", x => x.Id));
        migrationBuilder.CreateIndex("IX_A", "T", "A");
        """;

    private const string Required = """migrationBuilder.AlterColumn<int>(name: "A", table: "T", type: "int", nullable: false, defaultValue: 7, oldClrType: typeof(int), oldType: "int", oldNullable: true);""";

    [Theory]
    [InlineData("postgresql", Required, "UpdateRows(Table: T; Columns: [A]; Where: \"A\" IS NULL; Values: \"A\" = 7; Origin: Origin(Operation: -1; Emitted: True)) | AlterColumn")]
    [InlineData("sqlserver", Required, "UpdateRows(Table: T; Columns: [A]; Where: [A] IS NULL; Origin: Origin(Operation: -1; Emitted: True)) | DropIndex(Table: T; Name: IX_A; Origin: Origin(Operation: -1; Emitted: True)) | AlterColumn | CreateIndex(Table: T; Index: Index(Name: IX_A; Columns: [A]); Origin: Origin(Operation: -1; Emitted: True))")]
    [InlineData("mysql", Required, "AlterColumn")]
    [InlineData("sqlite", Required, "AlterColumn")]
    [InlineData("mysql", "migrationBuilder.DropPrimaryKey(name: \"PK_T\", table: \"T\"); migrationBuilder.AddPrimaryKey(name: \"PK_T\", table: \"T\", column: \"B\");", "DropPrimaryKey(Table: T; Name: PK_T) | AddPrimaryKey(Table: T; Key: Key(Name: PK_T; Columns: [B])) | AlterColumn")]
    [InlineData("sqlserver", "migrationBuilder.AddColumn<Guid>(\"G\", \"T\", \"uniqueidentifier\", nullable: false, defaultValueSql: \"NEWID()\");", "AddColumn(Table: T; Column: Column(Name: G; Type: uniqueidentifier; Nullable: False; Default: sql (NEWID())))")]
    [InlineData("sqlserver", "migrationBuilder.AddColumn<byte[]>(\"V\", \"T\", \"rowversion\", rowVersion: true, nullable: false, defaultValue: new byte[0]);", "AddColumn(Table: T; Column: Column(Name: V; Type: rowversion; Nullable: False; Default: 0x; Identity: True))")]
    [InlineData("sqlserver", "migrationBuilder.AddColumn<int>(\"N\", \"T\", \"int\", nullable: false).Annotation(\"SqlServer:Identity\", \"1, 1\");", "AddColumn(Table: T; Column: Column(Name: N; Type: int; Nullable: False; Identity: True))")]
    [InlineData("sqlserver", "migrationBuilder.AddPrimaryKey(name: \"PK\", table: \"T\", column: \"B\").Annotation(\"SqlServer:Clustered\", true);", "AddPrimaryKey(Table: T; Key: Key(Name: PK; Columns: [B]; Clustered: True))")]
    [InlineData("sqlserver", "migrationBuilder.CreateIndex(\"IX_B\", \"T\", \"B\").Annotation(\"SqlServer:Online\", true).Annotation(\"SqlServer:Include\", new[] { \"A\" });", "CreateIndex(Table: T; Index: Index(Name: IX_B; Columns: [B]; Include: [A]); Demanded: Demanded(Online: True))")]
    [InlineData("postgresql", "migrationBuilder.CreateIndex(\"IX_B\", \"T\", \"B\").Annotation(\"Npgsql:CreatedConcurrently\", true).Annotation(\"Npgsql:IndexInclude\", new[] { \"A\" });", "CreateIndex(Table: T; Index: Index(Name: IX_B; Columns: [B]; Include: [A]); Concurrently: True; InTransaction: False)")]
    [InlineData("postgresql", "migrationBuilder.AlterDatabase().Annotation(\"Npgsql:Enum:mood\", \"a,b,c\").OldAnnotation(\"Npgsql:Enum:mood\", \"a,c\");", "AddEnumValue(Type: mood; Value: b; Positioned: True; Origin: Origin(Operation: -1; Emitted: True)) | AlterDatabase")]
    [InlineData("postgresql", "migrationBuilder.AlterTable(\"T\", comment: \"c\").Annotation(\"Npgsql:UnloggedTable\", true);", "SetTableOption | OtherStatement | AlterTable")]
    [InlineData("postgresql", "migrationBuilder.AddColumn<Guid>(\"G\", \"T\", \"uuid\", nullable: false, defaultValueSql: \"gen_random_uuid()\");", "AddColumn(Table: T; Column: Column(Name: G; Type: uuid; Nullable: False; Default: sql (gen_random_uuid())))")]
    [InlineData("postgresql", "migrationBuilder.AddColumn<string>(\"G\", \"T\", \"text\", nullable: true, computedColumnSql: \"upper('a')\");", "AddColumn(Table: T; Column: Column(Name: G; Type: text; ComputedSql: upper('a'); Stored: True))")]
    [InlineData("sqlite", "migrationBuilder.DropColumn(\"B\", \"T\");", "DropColumn(Table: T; Name: B; InTransaction: False)")]
    [InlineData("sqlite", "migrationBuilder.AddForeignKey(\"FK\", \"T\", \"A\", \"T\", principalColumn: \"Id\");", "AddForeignKey(Table: T; ForeignKey: ForeignKey(Name: FK; Columns: [A]; Principal: T; PrincipalColumns: [Id]); InTransaction: False)")]
    [InlineData("sqlite", "migrationBuilder.CreateTable(name: \"U\", columns: table => new { Id = table.Column<int>(type: \"INTEGER\", nullable: false) }); migrationBuilder.AddForeignKey(\"FK\", \"U\", \"Id\", \"T\", principalColumn: \"Id\");", "CreateTable | AddForeignKey(Table: U; ForeignKey: ForeignKey(Name: FK; Columns: [Id]; Principal: T; PrincipalColumns: [Id]))")]
    [InlineData("mysql", "migrationBuilder.AlterColumn<string>(name: \"C\", table: \"T\", type: \"varchar(20)\", nullable: true).Annotation(\"MySql:CharSet\", \"latin1\");", "AlterColumn(Table: T; New: Column(Name: C; Type: varchar(20); Charset: latin1))")]
    public void For_each_engine(string engine, string up, string changes)
    {
        var read = Sources.Changes(engine, Sources.Migration(Table, id: "1_First", file: "First.cs"), Sources.Migration(up, id: "2_A"));

        string.Join(" | ", read.Select(change => change).Zip(changes.Split(" | ")).Select(pair => pair.Second.Contains('(', StringComparison.Ordinal) ? Shown.Of(pair.First) : pair.First.GetType().Name)).ShouldBe(changes);
        read.Count.ShouldBe(changes.Split(" | ").Length);
    }
}
