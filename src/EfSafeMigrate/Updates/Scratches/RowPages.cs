using System.Globalization;
using System.Runtime.CompilerServices;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>What a query finds, page by page: as many rows a page as make a few megabytes.</summary>
internal sealed class RowPages(CarryForms carry, Link link, string query)
{
    private const int Characters = 4_000_000;
    private const int Most = 5_000;

    public async IAsyncEnumerable<IReadOnlyList<IReadOnlyList<string?>>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"safe_migrate_rows_{Guid.NewGuid():N}");
        await link.Connection.RunAsync([new StatementMessage(carry.Open(name, query))], true, 3600, cancellation);
        var size = 50;
        while (true)
        {
            var page = (await link.Connection.RunAsync([new StatementMessage(carry.Fetch(name, size))], false, 3600, cancellation))[0].Rows;
            if (page.Count > 0)
            {
                yield return page;
            }
            if (page.Count < size)
            {
                break;
            }
            var average = 1 + (page.Sum(row => row.Sum(value => (long)(value?.Length ?? 0))) / page.Count);
            size = (int)Math.Clamp(Characters / average, 1, Math.Min(Most, size * 10));
        }
        await link.RunAsync([carry.Close(name)], cancellation);
    }
}
