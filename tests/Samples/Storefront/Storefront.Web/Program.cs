using Microsoft.EntityFrameworkCore;
using Storefront.Data;
using Storefront.Data.Auditing;
using Storefront.Data.Repositories;
using Storefront.Web.Endpoints;
using Storefront.Web.Jobs;
using Storefront.Web.Services;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddDbContext<StorefrontContext>(options => options
    .UseNpgsql(builder.Configuration.GetConnectionString("Storefront"))
    .AddInterceptors(new OrderAudit()));
builder.Services.AddScoped<OrderRepository>();
builder.Services.AddScoped<RawOrders>();
builder.Services.AddScoped<OrderService>();
builder.Services.AddScoped<StockService>();
builder.Services.AddHostedService<NightlyTotals>();

var app = builder.Build();
app.MapControllers();
app.MapOrders();
app.MapGet("/health", async (StorefrontContext db) => await db.Orders.AnyAsync() ? "Orders found" : "no Orders"); // uses Orders
app.MapGet("/orders/{id:int}/note", async (int id, StorefrontContext db) =>
    await db.Orders.Where(o => o.Id == id).Select(o => o.Note).FirstOrDefaultAsync()); // uses Orders, Orders.Note
app.MapGet("/products/{sku}", (string sku, StorefrontContext db) => db.Products.SingleOrDefaultAsync(p => p.Sku == sku)); // uses Products.Sku
app.Run();
