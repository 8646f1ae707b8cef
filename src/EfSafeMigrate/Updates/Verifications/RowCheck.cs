using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Verifications;

/// <summary>The rows of the tables that the steps touched: they are still there, refer to rows that are there, and the next numbers are free.</summary>
internal sealed class RowCheck
{
    private const int Seconds = 15;

    private readonly Engine engine;
    private readonly UpdatePlan plan;
    private readonly IReadOnlyDictionary<TableName, long> before;

    private RowCheck(Engine engine, UpdatePlan plan, IReadOnlyDictionary<TableName, long> before) => (this.engine, this.plan, this.before) = (engine, plan, before);

    public static async Task<RowCheck> BeforeAsync(Query query, Engine engine, UpdatePlan plan, CancellationToken cancellation)
    {
        var empty = new RowCheck(engine, plan, new Dictionary<TableName, long>());
        Dictionary<TableName, long> counts = [];
        foreach (var table in empty.Touched.Where(table => !empty.Empties(table)))
        {
            if (await empty.CountAsync(query, table, cancellation) is { } rows)
            {
                counts[table] = rows;
            }
        }
        return new(engine, plan, counts);
    }

    /// <returns>What was looked at; null when the database gives no numbers there.</returns>
    /// <exception cref="SafeMigrateException">The database is about to give a number that is taken.</exception>
    public async Task<string?> CheckNumbersAsync(Query query, DatabaseModel model, CancellationToken cancellation)
    {
        if (engine.Live.Numbers is not { } numbers)
        {
            return null;
        }
        List<string> seen = [];
        foreach (var (table, column) in TouchedIn(model).SelectMany(table => table.Columns.Where(column => column.Identity && IsFirst(table, column)).Select(column => (table.Name, column.Name))))
        {
            if (await AskAsync(query, numbers(table, column), cancellation) is not [[var greatest, var given]])
            {
                continue;
            }
            if (Number(greatest) > (Number(given) ?? 0))
            {
                throw new SafeMigrateException(
                    $"{Verification.Done}{table}.{column} goes up to {greatest}, and the database gave {given ?? "no number"} last: the next rows get numbers that are taken.",
                    $"set the sequence of {table}.{column} behind {greatest}", ExitCode.NeedsPerson);
            }
            seen.Add($"{table}.{column} (up to {greatest ?? "nothing"}, {given ?? "none"} given)");
        }
        return seen.Count == 0 ? null : $"The next numbers are free: {Few(seen)}.";
    }

    /// <exception cref="SafeMigrateException">Rows are gone, and no statement deletes any.</exception>
    public async Task<string?> CheckCountsAsync(Query query, DatabaseModel model, CancellationToken cancellation)
    {
        List<string> seen = [];
        foreach (var table in TouchedIn(model).Select(table => table.Name).Where(before.ContainsKey))
        {
            var (then, now) = (before[table], await CountAsync(query, table, cancellation));
            if (now < then && (now == 0 || engine.RebuildsTables))
            {
                throw new SafeMigrateException(
                    $"{Verification.Done}{table} had {then:N0} {(then == 1 ? "row" : "rows")} and has {now:N0}, and no statement of theirs deletes any.", "find out who deleted them; the backup has them", ExitCode.NeedsPerson);
            }
            seen.Add(string.Create(CultureInfo.InvariantCulture, $"{table} {Said(then)} before, {(now is { } rows ? Said(rows) : "not counted")} after"));
        }
        return seen.Count == 0 ? null : $"The rows are there: {Few(seen)}.";
    }

    /// <summary>Where tables are copied with foreign keys switched off; elsewhere the server holds what it has validated.</summary>
    /// <exception cref="SafeMigrateException">Rows refer to rows that are not there.</exception>
    public async Task<string?> CheckReferencesAsync(Query query, DatabaseModel model, CancellationToken cancellation)
    {
        if (!engine.RebuildsTables)
        {
            return null;
        }
        var checkedKeys = 0;
        foreach (var (table, key) in TouchedIn(model).SelectMany(table => table.ForeignKeys.Select(key => (table, key))))
        {
            if (await AskAsync(query, engine.Orphans(table, key.Columns, key.Principal, key.PrincipalColumns), cancellation) is [[var first, ..], ..])
            {
                throw new SafeMigrateException(
                    $"{Verification.Done}{table.Name} refers by {string.Join(", ", key.Columns)} to rows of {key.Principal} that are not there, the first is the row {first}.",
                    "correct those rows: nothing would delete or find them", ExitCode.NeedsPerson);
            }
            checkedKeys++;
        }
        return checkedKeys == 0 ? null : $"Every row refers to a row that is there ({"foreign key".ToQuantity(checkedKeys)}).";
    }

    private IEnumerable<TableName> Touched => plan.Migrations.SelectMany(migration => migration.Judged.Migration.Changes).Select(change => change.Target).OfType<TableName>().Distinct();

    private IEnumerable<Table> TouchedIn(DatabaseModel model) => Touched.Select(model.Find).OfType<Table>().Distinct();

    /// <summary>A statement of a person's own may do anything.</summary>
    private bool Empties(TableName table) => plan.Migrations.SelectMany(migration => migration.Judged.Migration.Changes)
        .Any(change => change is OpaqueSql || (change is DeleteRows or Truncate or DropTable or RenameTable && change.Target == table));

    // The greatest number of a key is found at once; of any other column only by reading all rows.
    private static bool IsFirst(Table table, Column column) => table.PrimaryKey?.Columns is [var first, ..] && first == column.Name;

    /// <returns>Exactly where tables are copied, else as many as tell whether there are any; null when the table is not there.</returns>
    private async Task<long?> CountAsync(Query query, TableName table, CancellationToken cancellation)
    {
        try
        {
            return Number((await AskAsync(query, engine.Count(table, engine.RebuildsTables ? null : Most), cancellation))[0][0]);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            return null;
        }
    }

    private static string Few(List<string> seen) => string.Join("; ", seen.Take(Shown)) + (seen.Count > Shown ? $"; and {seen.Count - Shown} more" : "");

    private const int Most = 1000;

    /// <summary>So many tables are told of.</summary>
    private const int Shown = 3;

    private string Said(long rows) => !engine.RebuildsTables && rows == Most ? $"{Most:N0} or more" : rows.ToString("N0", CultureInfo.InvariantCulture);

    private static long? Number(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<IReadOnlyList<string?>>> AskAsync(Query query, Ask ask, CancellationToken cancellation) =>
        (await query(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows;
}
