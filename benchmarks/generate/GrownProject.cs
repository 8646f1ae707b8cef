using System.Globalization;
using System.Text;

namespace EfSafeMigrate.Generating;

/// <summary>A project that has grown: the first migration makes all tables, each later one changes one of them.</summary>
internal sealed class GrownProject(int tables)
{
    private const string Context = "GrownContext";

    private readonly List<GrownTable> model = [.. Enumerable.Range(1, tables).Select(number => new GrownTable($"T{number:00}", number > 1 ? $"T{number - 1:00}" : null))];

    public void Write(string folder, int migrations)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder, "Migrations")).FullName;
        for (var number = 1; number <= migrations; number++)
        {
            var (name, up, down) = number == 1 ? ("Initial", string.Concat(model.Select(table => table.Create())), "") : Change(number);
            var id = $"2020{1 + (number / 28 % 12):00}{1 + (number % 28):00}{number:000000}_{name}";
            File.WriteAllText(Path.Combine(into, $"{id}.cs"), Up(name, up, down));
            File.WriteAllText(Path.Combine(into, $"{id}.Designer.cs"), Designer(id, name));
        }
        File.WriteAllText(Path.Combine(into, $"{Context}ModelSnapshot.cs"), Snapshot());
        File.WriteAllText(Path.Combine(folder, $"{Context}.cs"), Code());
        File.WriteAllText(Path.Combine(folder, "Grown.csproj"), Project);
    }

    private (string Name, string Up, string Down) Change(int number)
    {
        var table = model[number * 7 % model.Count];
        var column = $"C{number:000}";
        switch (number % 6)
        {
            case 0:
                table.Columns.Add(new(column, "string", "text", Nullable: true));
                return ($"Add{column}To{table.Name}", $"            migrationBuilder.AddColumn<string>(\n                name: \"{column}\",\n                table: \"{table.Name}\",\n                type: \"text\",\n                nullable: true);\n", Drop(table, column));
            case 1:
                table.Columns.Add(new(column, "int", "integer", Nullable: false));
                return ($"Require{column}In{table.Name}", $"            migrationBuilder.AddColumn<int>(\n                name: \"{column}\",\n                table: \"{table.Name}\",\n                type: \"integer\",\n                nullable: false,\n                defaultValue: 0);\n", Drop(table, column));
            case 2 when table.Columns[^1].Name is var indexed && !table.Indexes.Contains(indexed):
                table.Indexes.Add(indexed);
                return ($"Index{table.Name}{indexed}{number}", $"            migrationBuilder.CreateIndex(\n                name: \"IX_{table.Name}_{indexed}\",\n                table: \"{table.Name}\",\n                column: \"{indexed}\");\n", "");
            case 3:
                var old = table.Columns[1];
                table.Columns[1] = old with { Name = column };
                return ($"Rename{old.Name}To{column}", $"            migrationBuilder.RenameColumn(\n                name: \"{old.Name}\",\n                table: \"{table.Name}\",\n                newName: \"{column}\");\n", "");
            case 4:
                var widened = table.Columns[2];
                var type = widened.Type == "character varying(200)" ? "character varying(300)" : "character varying(200)";
                table.Columns[2] = widened with { Type = type };
                return ($"Widen{table.Name}{number}", $"            migrationBuilder.AlterColumn<string>(\n                name: \"{widened.Name}\",\n                table: \"{table.Name}\",\n                type: \"{type}\",\n                maxLength: {type[18..^1]},\n                nullable: false,\n                oldClrType: typeof(string),\n                oldType: \"{widened.Type}\",\n                oldMaxLength: {widened.Type[18..^1]});\n", "");
            default:
                return ($"Touch{table.Name}{number}", $"            migrationBuilder.Sql(\"UPDATE \\\"{table.Name}\\\" SET \\\"Name\\\" = trim(\\\"Name\\\") WHERE \\\"Id\\\" = {number};\");\n", "");
        }
    }

    private static string Drop(GrownTable table, string column) =>
        $"            migrationBuilder.DropColumn(\n                name: \"{column}\",\n                table: \"{table.Name}\");\n";

    private static string Up(string name, string up, string down) => $$"""
        using System;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

        #nullable disable

        namespace Grown.Migrations
        {
            /// <inheritdoc />
            public partial class {{name}} : Migration
            {
                /// <inheritdoc />
                protected override void Up(MigrationBuilder migrationBuilder)
                {
        {{up.TrimEnd()}}
                }

                /// <inheritdoc />
                protected override void Down(MigrationBuilder migrationBuilder)
                {
        {{down.TrimEnd()}}
                }
            }
        }
        """;

    private string Designer(string id, string name) => $$"""
        // <auto-generated />
        using System;
        using Grown;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Microsoft.EntityFrameworkCore.Migrations;
        using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

        #nullable disable

        namespace Grown.Migrations
        {
            [DbContext(typeof({{Context}}))]
            [Migration("{{id}}")]
            partial class {{name}}
            {
                /// <inheritdoc />
                protected override void BuildTargetModel(ModelBuilder modelBuilder)
                {
        {{Model()}}
                }
            }
        }
        """;

    private string Snapshot() => $$"""
        // <auto-generated />
        using System;
        using Grown;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Infrastructure;
        using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

        #nullable disable

        namespace Grown.Migrations
        {
            [DbContext(typeof({{Context}}))]
            partial class {{Context}}ModelSnapshot : ModelSnapshot
            {
                protected override void BuildModel(ModelBuilder modelBuilder)
                {
        {{Model()}}
                }
            }
        }
        """;

    private string Model() => new StringBuilder()
        .Append("#pragma warning disable 612, 618\n            modelBuilder\n                .HasAnnotation(\"ProductVersion\", \"10.0.14\")\n                .HasAnnotation(\"Relational:MaxIdentifierLength\", 63);\n\n            NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);\n\n")
        .AppendJoin('\n', model.Select(table => table.Designer())).Append('\n')
        .AppendJoin('\n', model.Where(table => table.Parent is not null).Select(table => table.Reference()))
        .Append("#pragma warning restore 612, 618").ToString();

    private string Code() => new StringBuilder("using Microsoft.EntityFrameworkCore;\n\nnamespace Grown;\n\n")
        .Append(CultureInfo.InvariantCulture, $"public class {Context} : DbContext\n{{\n    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(\"Host=localhost;Database=grown\");\n\n    protected override void OnModelCreating(ModelBuilder modelBuilder)\n    {{\n")
        .AppendJoin("", model.Select(table => table.Mapping())).Append("    }\n}\n\n")
        .AppendJoin('\n', model.Select(table => table.Class()))
        .Append("\npublic static class Program\n{\n    public static void Main()\n    {\n    }\n}\n").ToString();

    /// <summary>As the samples are: tests/Samples/Directory.Build.targets has to be copied beside the folder.</summary>
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <EfVersion>10.0.14</EfVersion>
            <EfProvider>PostgreSQL</EfProvider>
            <EfDesign>true</EfDesign>
          </PropertyGroup>
        </Project>
        """;
}

internal sealed record GrownColumn(string Name, string Clr, string Type, bool Nullable);

/// <summary>A table of some width, as EF writes it.</summary>
internal sealed class GrownTable(string name, string? parent)
{
    public string Name { get; } = name;
    public string? Parent { get; } = parent;
    public List<GrownColumn> Columns { get; } =
    [
        new("Id", "int", "integer", Nullable: false), new("Code", "string", "character varying(40)", Nullable: false), new("Name", "string", "character varying(200)", Nullable: false),
        new("Amount", "decimal", "numeric", Nullable: false), new("At", "DateTime", "timestamp with time zone", Nullable: false), new("Note", "string", "text", Nullable: true),
        .. parent is null ? Array.Empty<GrownColumn>() : [new($"{parent}Id", "int", "integer", Nullable: false)],
    ];
    public List<string> Indexes { get; } = parent is null ? [] : [$"{parent}Id"];

    public string Create()
    {
        var text = new StringBuilder($"            migrationBuilder.CreateTable(\n                name: \"{Name}\",\n                columns: table => new\n                {{\n");
        foreach (var column in Columns)
        {
            var more = column.Name == "Id" ? "\n                        .Annotation(\"Npgsql:ValueGenerationStrategy\", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)" : "";
            var length = column.Type.StartsWith("character varying(", StringComparison.Ordinal) ? $", maxLength: {column.Type[18..^1]}" : "";
            text.Append(CultureInfo.InvariantCulture, $"                    {column.Name} = table.Column<{column.Clr}>(type: \"{column.Type}\"{length}, nullable: {(column.Nullable ? "true" : "false")}){more},\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"                }},\n                constraints: table =>\n                {{\n                    table.PrimaryKey(\"PK_{Name}\", x => x.Id);\n");
        if (Parent is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"                    table.ForeignKey(\n                        name: \"FK_{Name}_{Parent}_{Parent}Id\",\n                        column: x => x.{Parent}Id,\n                        principalTable: \"{Parent}\",\n                        principalColumn: \"Id\",\n                        onDelete: ReferentialAction.Cascade);\n");
        }
        text.Append("                });\n\n");
        foreach (var index in Indexes)
        {
            text.Append(CultureInfo.InvariantCulture, $"            migrationBuilder.CreateIndex(\n                name: \"IX_{Name}_{index}\",\n                table: \"{Name}\",\n                column: \"{index}\");\n\n");
        }
        return text.ToString();
    }

    public string Designer()
    {
        var text = new StringBuilder($"            modelBuilder.Entity(\"Grown.{Name}\", b =>\n                {{\n");
        foreach (var column in Columns)
        {
            var required = column is { Clr: "string", Nullable: false } ? "\n                        .IsRequired()" : "";
            var length = column.Type.StartsWith("character varying(", StringComparison.Ordinal) ? $"\n                        .HasMaxLength({column.Type[18..^1]})" : "";
            var key = column.Name == "Id" ? "\n                        .ValueGeneratedOnAdd()" : "";
            text.Append(CultureInfo.InvariantCulture, $"                    b.Property<{column.Clr}>(\"{column.Name}\"){key}{required}{length}\n                        .HasColumnType(\"{column.Type}\");\n\n");
            if (column.Name == "Id")
            {
                text.Append("                    NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(b.Property<int>(\"Id\"));\n\n");
            }
        }
        text.Append("                    b.HasKey(\"Id\");\n\n");
        foreach (var index in Indexes)
        {
            text.Append(CultureInfo.InvariantCulture, $"                    b.HasIndex(\"{index}\");\n\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"                    b.ToTable(\"{Name}\");\n                }});\n").ToString();
    }

    public string Reference() => $"            modelBuilder.Entity(\"Grown.{Name}\", b =>\n                {{\n                    b.HasOne(\"Grown.{Parent}\", null)\n                        .WithMany()\n                        .HasForeignKey(\"{Parent}Id\")\n                        .OnDelete(DeleteBehavior.Cascade)\n                        .IsRequired();\n                }});\n";

    public string Class() => $"public class {Name}\n{{\n" + string.Concat(Columns.Select(column =>
        $"    public {column.Clr}{(column.Nullable ? "?" : "")} {column.Name} {{ get; set; }}{(column is { Clr: "string", Nullable: false } ? " = \"\";" : "")}\n")) + "}\n";

    public string Mapping()
    {
        var text = new StringBuilder($"        modelBuilder.Entity<{Name}>(b =>\n        {{\n            b.ToTable(\"{Name}\");\n");
        foreach (var column in Columns.Where(column => column.Type.StartsWith("character varying(", StringComparison.Ordinal)))
        {
            text.Append(CultureInfo.InvariantCulture, $"            b.Property(x => x.{column.Name}).HasMaxLength({column.Type[18..^1]});\n");
        }
        if (Parent is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"            b.HasOne<{Parent}>().WithMany().HasForeignKey(x => x.{Parent}Id);\n");
        }
        foreach (var index in Indexes.Where(index => index != $"{Parent}Id"))
        {
            text.Append(CultureInfo.InvariantCulture, $"            b.HasIndex(x => x.{index});\n");
        }
        return text.Append("        });\n").ToString();
    }
}
