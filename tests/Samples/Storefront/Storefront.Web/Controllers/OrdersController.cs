using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Entities;
using Storefront.Data.Queries;
using Storefront.Web.Contracts;
using Storefront.Web.Mapping;
using Storefront.Web.Services;

namespace Storefront.Web.Controllers;

[ApiController]
[Route("api/orders")]
public class OrdersController(StorefrontContext db, OrderService service, ILogger<OrdersController> log) : ControllerBase
{
    [HttpGet]
    public async Task<IReadOnlyList<OrderDto>> List(string? q, OrderField sort = OrderField.Number, decimal? minimum = null)
    {
        var query = db.Orders.Include(o => o.Customer).AsQueryable(); // uses Orders
        if (q is not null)
        {
            query = query.Where(o => o.Number == q || o.Customer.Email == q || EF.Functions.ILike(o.Note!, $"%{q}%")); // uses Orders.Note, Customers.email_address
        }
        if (minimum is { } total) // no use
        {
            query = query.LargerThan(total); // no use
        }
        var orders = await query.By(sort).Take(50).ToListAsync(); // no use
        log.LogInformation("Found {Count} orders by Note, with a Total over {Total}", orders.Count, minimum); // no use
        return orders.ConvertAll(order => order.ToDto());
    }

    [HttpGet("{id:int}")]
    public async Task<ActionResult<OrderDto>> Get(int id)
    {
        var dto = await db.Orders // uses Orders
            .Where(o => o.Id == id)
            .Select(o => new OrderDto(o.Id, o.Number, o.Note, o.Total) { Email = o.Customer.Email }) // uses Orders.Note, Orders.Total, Customers.email_address
            .FirstOrDefaultAsync();
        return dto is { Note: not null } ? dto : NotFound("Note is missing"); // no use
    }

    [HttpPost]
    public async Task<ActionResult<OrderDto>> Create(CreateOrder request)
    {
        if (request.Note is { Length: > 2000 }) // no use
        {
            ModelState.AddModelError(nameof(request.Note), "The Note is too long."); // no use
            return ValidationProblem(ModelState);
        }
        var order = await service.PlaceAsync(request);
        return CreatedAtAction(nameof(Get), new { id = order.Id }, order.ToDto());
    }

    [HttpPut("{id:int}/note")]
    public async Task<IActionResult> Note(int id, [FromBody] string note) // no use
    {
        var order = await db.Orders.FindAsync(id); // uses Orders
        if (order is null or { Status: OrderStatus.Cancelled })
        {
            return NotFound();
        }
        order.Note = note; // uses Orders.Note
        await db.SaveChangesAsync();
        return NoContent();
    }

    [HttpDelete("{id:int}/note")]
    public async Task<IActionResult> RemoveNote(int id) =>
        await db.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s.SetProperty(o => o.Note, o => null)) == 1 ? NoContent() : NotFound(); // uses Orders, Orders.Note
}
