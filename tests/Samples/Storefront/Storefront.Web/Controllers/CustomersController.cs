using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.Controllers;

[ApiController]
[Route("api/customers")]
public class CustomersController(StorefrontContext db) : ControllerBase
{
    [HttpGet("{id:int}/spent")]
    public async Task<IActionResult> Spent(int id)
    {
        var row = await db.Customers
            .Where(c => c.Id == id)
            .Select(c => new
            {
                c.Name,
                c.Email, // uses Customers.email_address
                Total = c.Orders // uses Orders
                    .Where(o => o.Status != Data.Entities.OrderStatus.Cancelled)
                    .Sum(o => o.Total), // uses Orders.Total
                Last = c.Orders.Max(o => (DateTime?)o.PlacedAt), // uses Orders
            })
            .SingleOrDefaultAsync();
        return row is { Total: > 0 } ? Ok(new { row.Email, row.Total, Note = "thanks" }) : NotFound(); // no use
    }

    [HttpGet("{id:int}/remarks")]
    public Task<List<string?>> Remarks(int id) => db.Customers.Where(c => c.Id == id).Select(c => c.Note).ToListAsync(); // no use

    [HttpPut("{id:int}/email")]
    public async Task<IActionResult> ChangeEmail(int id, string email) // no use
    {
        var customer = await db.Customers.FirstAsync(c => c.Id == id);
        (customer.Email, var old) = (email, customer.Email); // uses Customers.email_address
        await db.SaveChangesAsync();
        return Ok(old);
    }
}
