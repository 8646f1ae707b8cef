using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>What a database holds that a backup of it does not, table by table.</summary>
internal static class BackupLoss
{
    /// <param name="link">Nobody else's.</param>
    /// <param name="history">EF's own table, which is no loss.</param>
    public static async Task<IReadOnlyList<LostRows>> CountAsync(Engine engine, BackupManifest manifest, Link link, TableName history, CancellationToken cancellation)
    {
        await link.RunAsync(engine.Backups.Begin, cancellation);
        var now = await DatabaseContents.ReadAsync(engine, link, history, _ => { }, cancellation);
        return Of(manifest.Tables.Where(IsTheirs).ToDictionary(table => table.Table), now.Tables.Where(IsTheirs));

        bool IsTheirs(TableContents table) => table.Table != history.ToString() && table.Table.Split('.')[^1] != history.Name && !table.Table.Contains("safe_migrate", StringComparison.Ordinal);
    }

    public static IReadOnlyList<LostRows> Of(IReadOnlyDictionary<string, TableContents> then, IEnumerable<TableContents> now)
    {
        List<LostRows> lost = [];
        foreach (var table in now)
        {
            if (!then.TryGetValue(table.Table, out var was))
            {
                lost.Add(new($"{table.Table} is not in the backup: its {Say.Rows(table.Rows)} {(table.Rows == 1 ? "is" : "are")} lost.", table.Rows));
            }
            else if (table.Digest != was.Digest || table.Rows != was.Rows)
            {
                lost.Add(new(Sentence(table, was), table.Rows > was.Rows ? table.Rows - was.Rows : null));
            }
        }
        return lost;
    }

    private static string Sentence(TableContents now, TableContents then) => now.Rows == then.Rows
        ? $"{now.Table} has {Say.Rows(now.Rows)} now as then, and not the same values: how many rows were written since, nobody can say."
        : string.Create(CultureInfo.InvariantCulture, $"{now.Table} has {Say.Rows(now.Rows)} now and had {then.Rows:N0} in the backup: {(now.Rows > then.Rows ? $"at least {Say.Rows(now.Rows - then.Rows)} {(now.Rows - then.Rows == 1 ? "is" : "are")} lost" : "what was deleted since comes back")}; whatever else was written there since is lost too.");
}
