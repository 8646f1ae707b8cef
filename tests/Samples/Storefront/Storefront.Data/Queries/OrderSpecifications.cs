using System.Linq.Expressions;
using Storefront.Data.Entities;

namespace Storefront.Data.Queries;

/// <summary>Conditions with a name.</summary>
public static class OrderSpecifications
{
    public static readonly Expression<Func<Order, bool>> Annotated = order => order.Note != null; // uses Orders.Note

    public static readonly Expression<Func<Order, decimal>> ByTotal = static x => x.Total; // uses Orders.Total

    public static readonly Expression<Func<Invoice, bool>> AnnotatedInvoice = invoice => invoice.Note != null; // no use

    private static readonly Func<OrderLine, bool> bulk = line => line is { Quantity: >= 100 }; // uses OrderLines.Quantity

    public static IQueryable<Order> LargerThan(this IQueryable<Order> orders, decimal total) => // no use
        orders.Where(o => o.Total > total); // uses Orders.Total

    public static bool IsBulk(this Order order) => order.Lines.Exists(line => bulk(line));

    /// <summary>A method that is called as a column is.</summary>
    public static string Note(this OrderStatus status) => status == OrderStatus.Cancelled ? "void" : ""; // no use
}
