using Microsoft.EntityFrameworkCore;
using Storefront.Data;

namespace Storefront.Web.Jobs;

/// <summary>Corrects each Total that is not the sum of its lines.</summary>
public class NightlyTotals(IServiceScopeFactory scopes, ILogger<NightlyTotals> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(24));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StorefrontContext>();
            var total = 0; // no use
            await foreach (var order in db.Orders.Include(o => o.Lines).AsAsyncEnumerable().WithCancellation(stoppingToken)) // uses Orders
            {
                var before = order.Total; // uses Orders.Total
                order.Recalculate();
                total += before == order.Total ? 0 : 1; // uses Orders.Total
            }
            await db.SaveChangesAsync(stoppingToken);
            log.LogInformation("UPDATE of Orders done: Total changed {Times} times", total); // no use
        }
    }
}
