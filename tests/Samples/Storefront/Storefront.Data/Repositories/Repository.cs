using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Storefront.Data.Repositories;

/// <summary>Rows of any entity.</summary>
public class Repository<T>(StorefrontContext db)
    where T : class
{
    protected StorefrontContext Db { get; } = db;

    public Task<List<TResult>> ListAsync<TResult>(Expression<Func<T, TResult>> selector, CancellationToken cancellation = default) =>
        Db.Set<T>().AsNoTracking().Select(selector).ToListAsync(cancellation);

    public Task<T?> FindByAsync<TValue>(Expression<Func<T, TValue>> property, TValue value, CancellationToken cancellation = default)
    {
        var same = Expression.Equal(property.Body, Expression.Constant(value, typeof(TValue)));
        return Db.Set<T>().FirstOrDefaultAsync(Expression.Lambda<Func<T, bool>>(same, property.Parameters), cancellation);
    }

    public async Task AddAsync(T entity, CancellationToken cancellation = default)
    {
        Db.Add(entity);
        await Db.SaveChangesAsync(cancellation);
    }
}
