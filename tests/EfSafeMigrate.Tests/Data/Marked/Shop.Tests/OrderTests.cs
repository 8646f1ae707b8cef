using Shop;
using Xunit;

namespace Shop.Tests;

public class OrderTests
{
    [Fact]
    public void IsPlain() => Assert.Null(new Order { Total = 3 } // uses Orders.Total
        .Note); // uses Orders.Note
}
