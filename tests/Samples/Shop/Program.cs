using Microsoft.EntityFrameworkCore;
using Shop.Data;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddDbContext<ShopContext>(options =>
    options.UseNpgsql(builder.Configuration.GetConnectionString("Shop")));

var app = builder.Build();

app.MapGet("/products", async (ShopContext shop, string? search) =>
    await shop.Products
        .Where(product => search == null || EF.Functions.ILike(product.Name, $"%{search}%"))
        .OrderBy(product => product.Name)
        .Select(product => new { product.Id, product.Sku, product.Name, product.Price })
        .Take(50)
        .ToListAsync());

app.MapGet("/orders/{number}", async (ShopContext shop, string number) =>
    await shop.Orders
        .Include(order => order.Lines)
        .SingleOrDefaultAsync(order => order.Number == number) is { } order
        ? Results.Ok(new { order.Number, order.Status, order.PlacedAt, Lines = order.Lines.Count })
        : Results.NotFound());

app.MapGet("/reports/sales", async (ShopContext shop) =>
    await shop.ProductSales.OrderByDescending(sales => sales.Revenue).Take(20).ToListAsync());

app.Run();
