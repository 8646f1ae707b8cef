namespace Shop;

public class OrderService(ShopContext context)
{
    public void Place(OrderRow row)
    {
        var order = new Order
        {
            Note = row.Note, // uses Orders.Note
            Total = row.Total, // uses Orders.Total
            ShipTo = new() { Street = row.Street!, Town = row.Town }, // uses Orders.ShipTo_Street
        };
        order.Note ??= "none"; // uses Orders.Note
        order.Total += 1; // uses Orders.Total
        order.Lines.Add(new() { Quantity = 1 }); // uses OrderLines, OrderLines.Quantity
        order.Lines.Add(new Line { Quantity = 2 }); // uses OrderLines, OrderLines.Quantity
        context.Orders.Add(order);
    }

    public string Describe(Order order) => order switch
    {
        { Note: null } => "plain", // uses Orders.Note
        { Note.Length: > 100 } => "wordy", // uses Orders.Note
        { Total: > 10, ShipTo.Street: "x" } => "large", // uses Orders.Total, Orders.ShipTo_Street
        _ => order?.Note?.Trim() ?? "", // uses Orders.Note
    };

    public static string? Generic(INoted noted) => noted.Note; // uses Orders.Note

    public static Coupon Cut(Coupon coupon) => coupon with { Percent = coupon.Percent / 2 }; // uses Coupons.Rate

    public static Coupon Make() => new("X", Percent: 5); // uses Coupons.Rate

    public static Coupon MakeByPlace() => new Coupon("X", 5); // uses Coupons.Rate

    public static decimal Apart(Coupon coupon)
    {
        var (_, percent) = coupon; // uses Coupons.Rate
        var (code, _) = coupon;
        return coupon is (_, > 50) ? code.Length : percent; // uses Coupons.Rate
    }
}

public class Mapping
{
    public void Map(IMap<Order, OrderRow> map) => map
        .ForMember(row => row.Note, from => from.MapFrom(order => order.Note)) // uses Orders.Note
        .ForMember(row => row.Town, from => from.MapFrom(order => order.Customer.Note));
}

public interface IMap<TFrom, TTo>
{
    IMap<TFrom, TTo> ForMember<TMember>(Func<TTo, TMember> member, Action<IFrom<TFrom>> from);
}

public interface IFrom<T>
{
    void MapFrom<TMember>(Func<T, TMember> member);
}
