using Microsoft.EntityFrameworkCore;
using Pair.Data.Billing;
using Pair.Data.Ordering;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddDbContext<OrderingContext>(options =>
    options.UseSqlite(builder.Configuration.GetConnectionString("Ordering")));

// Both contexts may share one database, so each keeps its own history table.
builder.Services.AddDbContext<BillingContext>(options =>
    options.UseSqlite(
        builder.Configuration.GetConnectionString("Billing"),
        sqlite => sqlite.MigrationsHistoryTable("__BillingMigrationsHistory")));

var app = builder.Build();

app.MapGet("/orders/{id:int}", async (OrderingContext ordering, int id) =>
    await ordering.Orders.Include(order => order.Items).SingleOrDefaultAsync(order => order.Id == id) is { } order
        ? Results.Ok(new { order.Id, order.Status, Items = order.Items.Count })
        : Results.NotFound());

app.MapGet("/invoices/{number}", async (BillingContext billing, string number) =>
    await billing.Invoices.SingleOrDefaultAsync(invoice => invoice.Number == number) is { } invoice
        ? Results.Ok(new { invoice.Number, invoice.Total, invoice.IssuedOn })
        : Results.NotFound());

app.Run();
