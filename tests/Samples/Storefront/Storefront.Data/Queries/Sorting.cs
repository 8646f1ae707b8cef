using System.Linq.Expressions;
using Storefront.Data.Entities;

namespace Storefront.Data.Queries;

/// <summary>Sorts by the name of a property, as it comes from the address bar.</summary>
public static class Sorting
{
    public static IQueryable<T> OrderBy<T>(this IQueryable<T> source, string property)
    {
        var parameter = Expression.Parameter(typeof(T), "row");
        var key = Expression.Lambda(Expression.PropertyOrField(parameter, property), parameter);
        return source.Provider.CreateQuery<T>(
            Expression.Call(typeof(Queryable), nameof(Queryable.OrderBy), [typeof(T), key.ReturnType], source.Expression, Expression.Quote(key)));
    }

    public static IQueryable<Order> By(this IQueryable<Order> orders, OrderField field) => field switch
    {
        OrderField.Note => orders.OrderBy("Note"), // uses Orders.Note
        OrderField.Total => orders.OrderByDescending(o => o.Total), // uses Orders.Total
        _ => orders.OrderBy("Number"),
    };

    public static IQueryable<Invoice> Newest(this IQueryable<Invoice> invoices) => invoices.OrderBy("Note"); // no use
}
