using Microsoft.Extensions.Logging;

namespace Shop;

public class Decoys(ILogger<Decoys> logger, ShopContext context)
{
    private const string Note = "Note";
    private const string OtherTable = "SELECT \"Note\" FROM \"Customers\"";
    private const string Prose = "Select the Orders whose Note is empty";

    public decimal Total { get; set; }

    public void Do(OrderRow row, Customer customer, List<Order> orders)
    {
        row.Note = "x";
        row.Total = Total;
        customer.Note = Note;
        customer.Home.Street = "x";
        _ = context.Customers.Where(each => each.Note == Note && each.Home.Street == "");
        logger.LogInformation("DELETE FROM \"OrderLines\" removes Orders.Note and {Total}", Total);
        _ = new { row.Note, Total = 1 };
        _ = new Basket { Lines = [], Quantity = 1 }.Lines.Count;
        throw new InvalidOperationException("UPDATE \"Orders\" SET \"Note\" = NULL failed");
    }

    public static string Joined() => "SELECT c.\"Note\" FROM \"Customers\" c JOIN \"Orders\" o ON o.\"CustomerId\" = c.\"Id\"";

    public static bool IsX(Coupon coupon) => coupon is ("X", _) && new OrderLabel(1, "x") is (_, "x");

    public static string Literal() => "SELECT 'Note', \"Id\" AS \"Total\" FROM \"Orders\" -- Note";

    public static string Inner() => "SELECT \"Id\" FROM \"Orders\" WHERE \"CustomerId\" IN (SELECT \"Id\" FROM \"Customers\" WHERE \"Note\" = 'x')";
}

public class Basket
{
    public List<string> Lines { get; set; } = [];
    public int Quantity { get; set; }
}
