using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Code;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>Files of one project, made for a test, and what a change of the orders means for them.</summary>
internal sealed class UsesInCode : IDisposable
{
    public const string Model = """
        using Microsoft.EntityFrameworkCore;
        namespace Shop;
        public class Order { public int Id { get; set; } public string? Note { get; set; } public string? Remark { get; set; } public decimal Total { get; set; } }
        public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        """;

    private static readonly TableName Orders = new(null, "Orders");

    private static readonly DatabaseModel Schema = new([new(Orders, [new("Id", "integer", false), new("Note", "text", true), new("Total", "numeric", false)])]);

    private readonly string folder = Directory.CreateTempSubdirectory("uses-").FullName;

    private UsesInCode()
    {
    }

    public static CodeUses Of(Change change, string code, string model = Model, string project = "") => Of(change, [code], model, project);

    public static CodeUses Of(Change change, IEnumerable<string> files, string model = Model, string project = "")
    {
        using var shop = new UsesInCode();
        return shop.Find(change, files, model, project);
    }

    /// <summary>The public APIs without a version that use what changes.</summary>
    public static IReadOnlyList<ApiUse> UnversionedOf(Change change, string code)
    {
        using var shop = new UsesInCode();
        var (uses, read) = shop.Read(change, [code], Model, "");
        return new ApiUses(read).UnversionedOf(uses);
    }

    private CodeUses Find(Change change, IEnumerable<string> files, string model, string project) => Read(change, files, model, project).Uses;

    private (CodeUses Uses, UserCode Code) Read(Change change, IEnumerable<string> files, string model, string project)
    {
        var file = Path.Combine(folder, "Shop", "Shop.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"<Project Sdk=\"Microsoft.NET.Sdk.Web\"><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>{project}</Project>");
        var number = 0;
        foreach (var text in files.Prepend(model))
        {
            File.WriteAllText(Path.Combine(folder, "Shop", $"{number++:0000}.cs"), text);
        }
        MappedProperty[] mapped = [.. new[] { "Id", "Note", "Total" }.Select(name => new MappedProperty(Orders, name, "Shop.Order", name)), new(Orders, "Remark", "Shop.Order", "Remark")];
        var code = UserCode.Of(CodeProjects.Around(file), [.. MarkedCode.EfAssemblies]);
        return (new CodeUseFinder(TouchedNames.In(new([new("20260101000000_Change", Schema, [change])]), together: true), [Schema], mapped, SqlDialect.Of(RuleCase.Postgres)).In(code), code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
