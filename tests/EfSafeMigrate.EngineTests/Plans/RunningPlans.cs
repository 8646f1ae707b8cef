using System.Data.Common;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A database of its own on whichever server a plan is for.</summary>
internal sealed class RunningPlans(PlanDatabase? postgres, MariaDbPlans? mariaDb) : IAsyncDisposable
{
    public static async Task<RunningPlans> CreateAsync(PlanCase planCase) => planCase.On == PlanCase.Engine
        ? new(await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows), null)
        : new(null, await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows));

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
        if (mariaDb is not null)
        {
            await mariaDb.DisposeAsync();
        }
    }

    public Task RunAsync(string sql) => postgres?.RunAsync(sql) ?? mariaDb!.RunAsync(sql);

    public Task RunAsync(IReadOnlyList<Step> steps) => postgres?.RunAsync(steps) ?? mariaDb!.RunAsync(steps);

    public Task<string> TextAsync(string sql) => postgres?.TextAsync(sql) ?? mariaDb!.TextAsync(sql);

    public async Task<DbConnection> OpenAsync() => postgres is not null ? await postgres.Source.OpenConnectionAsync() : await mariaDb!.OpenAsync();
}
