using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Shop;

[ApiController]
public class OrdersController(ShopContext context) : ControllerBase
{
    [HttpGet]
    public Task<List<Order>> Get() => context.Orders.OrderBy(order => order.Total).ToListAsync(); // uses Orders.Total
}

public static class Routes
{
    public static void Map(WebApplication app) =>
        app.MapGet("/orders", (ShopContext context) => context.Orders.Select(order => new { order.Id, order.Note })); // uses Orders.Note
}

public class Cleaning(ShopContext context) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        context.Orders.Where(order => order.Placed < DateTime.UnixEpoch).ExecuteDeleteAsync(stoppingToken); // uses Orders.Placed
}
