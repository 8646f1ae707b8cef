using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>A thousand files, of which every tenth uses the column.</summary>
public class ManyFilesAreRead
{
    [Fact]
    public void EachOnce()
    {
        var found = UsesInCode.Of(new DropColumn(new(null, "Orders"), "Note"), Enumerable.Range(0, 1000).Select(Code));

        found.Files.ShouldBe(1001);
        found.All.Select(use => Path.GetFileName(use.File)).ShouldBe(Enumerable.Range(0, 100).Select(number => $"{(number * 10) + 1:0000}.cs"));
    }

    private static string Code(int number) => $$"""
        using Microsoft.EntityFrameworkCore;
        namespace Shop;
        public class Row{{number}} { public string? Note { get; set; } public decimal Total { get; set; } }
        public class Service{{number}}(ShopContext context)
        {
            public Task<List<Row{{number}}>> Rows() => context.Orders.Where(order => order.Total > {{number}})
                .Select(order => new Row{{number}} { {{(number % 10 == 0 ? "Note = order.Note, " : "")}}Total = order.Total }).ToListAsync();
            public string? NoteOf(Row{{number}} row) => row.Note;
        }
        """;
}
