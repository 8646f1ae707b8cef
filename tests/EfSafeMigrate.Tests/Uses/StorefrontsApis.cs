using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>Of a whole application: which of its public APIs say no version, and use a column, themselves or by what they call.</summary>
public class StorefrontsApis
{
    /// <summary>Those under <c>/v2/orders</c> use it as well; the order is made by a service.</summary>
    [Fact]
    public void WithoutAVersion() =>
        MarkedUsesAreFound.StorefrontsCode.UnversionedOf(new RenameColumn(new(null, "Orders"), "Note", "Remark")).Select(use => use.Endpoint.Name).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["GET /orders/{id:int}/note", "OrderDeskService.GetOrder", "OrdersController.Create", "OrdersController.Get", "OrdersController.List", "OrdersController.Note", "OrdersController.RemoveNote"]);
}
