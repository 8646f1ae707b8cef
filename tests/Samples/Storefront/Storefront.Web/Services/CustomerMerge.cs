using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Entities;
using Storefront.Data.Repositories;

namespace Storefront.Web.Services;

/// <summary>Makes one customer of two that share an address.</summary>
public class CustomerMerge(StorefrontContext db, Repository<Customer> customers, Repository<Order> orders)
{
    private readonly Func<Customer, string> address = customer => customer.Email.Trim().ToLowerInvariant(); // uses Customers.email_address

    public async Task<int> MergeAsync(string email) // no use
    {
        var first = await customers.FindByAsync(c => c.Email, email); // uses Customers.email_address
        if (first is null)
        {
            return 0;
        }
        var twins = (await db.Customers.ToListAsync()).Where(c => c.Id != first.Id && address(c) == address(first)).Select(c => c.Id);
        return await db.Orders.Where(o => twins.Contains(o.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(o => o.CustomerId, first.Id)); // uses Orders
    }

    public Task<List<string?>> NotesAsync() => orders.ListAsync(o => o.Note); // uses Orders.Note

    public Task<List<string?>> RemarksAsync() => customers.ListAsync(c => c.Note); // no use

    public void Forget(Customer customer)
    {
        customer.Note = null; // no use
        customer.Email = $"{customer.Id}@forgotten.invalid"; // uses Customers.email_address
        db.Entry(customer).Collection(c => c.Orders).Load(); // uses Orders
        customer.Orders.ForEach(order => order.Note = null); // uses Orders, Orders.Note
    }
}
