using EfSafeMigrate.Changes;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>Code that does not compile, because the property is gone or packages are missing, is still read where it is clear what it means.</summary>
public class LostNamesAreFound
{
    private const string Gone = """
        using Microsoft.EntityFrameworkCore;
        namespace Shop;
        public class Order { public int Id { get; set; } }
        public class Other { public string? Note { get; set; } }
        public class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Other> Others => Set<Other>(); }
        """;

    private static readonly DropColumn Dropped = new(new(null, "Orders"), "Note");

    [Theory]
    [InlineData("given.Note", 1)]
    [InlineData("given?.Note", 1)]
    [InlineData("new Order { Note = null }", 1)]
    [InlineData("context.Orders.Where(order => order.Note == null)", 1)]
    [InlineData("context.Others.Where(order => order.Note == null)", 0)]
    [InlineData("other.Note", 0)]
    [InlineData("unknown.Note", 0)]
    public void WhereTheClassIsKnown(string expression, int uses) => Of(expression, Gone).ShouldBe(uses);

    [Theory]
    [InlineData("context.Orders.Where(order => order.Note == null)", 1)]
    [InlineData("context.Orders.Where(order => order.Id > 1).OrderBy(order => order.Note)", 1)]
    [InlineData("context.Set<Order>().Where(order => order.Note == null)", 1)]
    [InlineData("context.Orders.Select(order => new { Note = 1 }).Where(order => order.Note == 1)", 0)]
    [InlineData("context.Others.Where(order => order.Note == null)", 0)]
    [InlineData("Anything(order => order.Note)", 0)]
    public void WhereTheSetIsNamed(string expression, int uses) => Of(expression, Gone.Replace("Microsoft.EntityFrameworkCore", "Not.There", StringComparison.Ordinal)).ShouldBe(uses);

    [Fact]
    public void UnderBothNamesOfARename()
    {
        var found = UsesInCode.Of(new RenameColumn(new(null, "Orders"), "Note", "Remark"), """
            namespace Shop;
            public class Code
            {
                object Now(Order given) => given.Remark!;
                object Sql() => "SELECT \"Note\" FROM \"Orders\"";
                object Done() => "SELECT \"Remark\" FROM \"Orders\"";
            }
            """);

        found.All.Select(use => (use.Line, use.Kind)).ShouldBe([(4, UseKind.Read), (5, UseKind.Sql)]);
    }

    private static int Of(string expression, string model) =>
        UsesInCode.Of(Dropped, $"namespace Shop; public class Code {{ object? Do(ShopContext context, Order given, Other other) => {expression}; }}", model).All.Count;
}
