using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>Makes up rows for empty tables, and for the empty tables that they reference before them.</summary>
/// <param name="tell">How many rows a table has by now.</param>
internal sealed class Seeding(Original original, Link link, SeedCatalogue catalogue, int seed, Action<TableName, long> tell)
{
    private const int Page = 2_000;
    private const int ParentsRead = 10_000;

    private readonly RowForms forms = original.Engine.Scratch!.Rows;
    private readonly HashSet<TableName> beginning = [];
    private readonly Dictionary<TableName, long> rowsOf = [];

    /// <summary>Rows that were made, by table.</summary>
    public IReadOnlyDictionary<TableName, long> Made => rowsOf;

    public static async Task<Seeding> OnAsync(Original original, Link link, int seed, Action<TableName, long> tell, CancellationToken cancellation)
    {
        await link.RunAsync(original.Engine.Scratch!.Rows.Begin, cancellation);
        return new(original, link, await SeedCatalogue.ReadAsync(original, link, cancellation), seed, tell);
    }

    /// <param name="refused">Told of a table that stays empty, and why.</param>
    public async Task EveryTableAsync(int rows, Func<RowTable, bool> except, Action<TableName, string> refused, CancellationToken cancellation)
    {
        foreach (var table in catalogue.Rows.Tables.Where(table => table.Own && !except(table)))
        {
            try
            {
                await FillAsync(table, rows, rows, cancellation);
            }
            catch (SafeMigrateException exception)
            {
                refused(table.Name, exception.Message);
            }
        }
        await link.RunAsync(forms.Afterwards, cancellation);
    }

    /// <exception cref="SafeMigrateException">There is no such table, it has rows, or the server refuses those that were made up.</exception>
    public async Task TableAsync(string name, int rows, CancellationToken cancellation)
    {
        var table = Find(name);
        if (await IsFilledAsync(table, cancellation))
        {
            throw new SafeMigrateException($"`{table.Name}` has rows. Nothing was changed.", "rows are made up for empty tables only", ExitCode.StoppedSafely);
        }
        await FillAsync(table, rows, Math.Clamp(rows / 10, 1, 1_000), cancellation);
        await link.RunAsync(forms.Afterwards, cancellation);
    }

    private RowTable Find(string name)
    {
        RowTable[] own = [.. catalogue.Rows.Tables.Where(table => table.Own)];
        RowTable[] found = [.. own.Where(table => table.Name.ToString() == name || table.Name.Name == name)];
        found = found.Length > 0 ? found : [.. own.Where(table => table.Name.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [var only] => only,
            [] => throw new SafeMigrateException($"There is no table `{name}`.", own is [] ? "apply the migrations to that database first" : $"name one of {string.Join(", ", own.Take(10).Select(table => table.Name))}"),
            _ => throw new SafeMigrateException($"There are several tables `{name}`.", $"name one of {string.Join(", ", found.Select(table => table.Name))}"),
        };
    }

    private async Task FillAsync(RowTable table, int rows, int rowsOfParents, CancellationToken cancellation)
    {
        if (await IsFilledAsync(table, cancellation))
        {
            return;
        }
        beginning.Add(table.Name);
        try
        {
            List<ParentRows> parents = [];
            foreach (var key in catalogue.Rows.Links.Select(each => each.Key).Where(key => key.Child == table.Name))
            {
                parents.Add(await ParentsAsync(table, key, IsUnique(key) ? rows : rowsOfParents, rowsOfParents, cancellation));
            }
            await AddAsync(table, RowMaker.Of(table, catalogue, forms, parents, seed), rows, cancellation);
        }
        finally
        {
            beginning.Remove(table.Name);
        }
    }

    private async Task<ParentRows> ParentsAsync(RowTable table, KeyLink key, int rows, int rowsOfParents, CancellationToken cancellation)
    {
        string[] optional = [.. table.Columns.Where(column => column.Nullable && key.Columns.Contains(column.Name)).Select(column => column.Name)];
        if (key.Parent == table.Name)
        {
            return new(key.Parent, key.Columns, key.ParentColumns, []) { IsSelf = true, Optional = optional };
        }
        var parent = catalogue.Rows.Find(key.Parent);
        if (!beginning.Contains(key.Parent))
        {
            await FillParentAsync(parent, rows, rowsOfParents, optional.Length > 0, cancellation);
        }
        else if (optional.Length == 0)
        {
            throw new SafeMigrateException($"`{table.Name}` and `{key.Parent}` need each other's rows first.", "put the first rows in by hand", ExitCode.StoppedSafely);
        }
        var found = await link.AskAsync(forms.ValuesOf(key.Parent, key.ParentColumns, Math.Max(ParentsRead, rows)), cancellation);
        return found.Count > 0 || optional.Length > 0 ? new(key.Parent, key.Columns, key.ParentColumns, found) { Optional = optional }
            : throw new SafeMigrateException($"`{table.Name}` needs rows of `{key.Parent}`, which has none.", $"seed {key.Parent} first", ExitCode.StoppedSafely);
    }

    /// <summary>A table that references the one at work may have to wait for its rows; who can be without it does not.</summary>
    private async Task FillParentAsync(RowTable parent, int rows, int rowsOfParents, bool isOptional, CancellationToken cancellation)
    {
        try
        {
            await FillAsync(parent, rows, rowsOfParents, cancellation);
        }
        catch (SafeMigrateException) when (isOptional)
        {
            // What stands in its way is said when it is its turn.
        }
    }

    private bool IsUnique(KeyLink key) => catalogue.Keys.Any(unique => unique.Table == key.Child && unique.Columns.All(key.Columns.Contains));

    private async Task AddAsync(RowTable table, RowMaker maker, int rows, CancellationToken cancellation)
    {
        maker.Check(rows);
        var perStatement = Math.Clamp(forms.ParametersPerStatement / Math.Max(1, maker.Target.Columns.Count), 1, forms.RowsPerStatement);
        for (long done = 0; done < rows;)
        {
            var page = Enumerable.Range(0, (int)Math.Min(maker.Target.Columns.Count == 0 ? 1 : Page, rows - done)).Select(index => maker.Next(done + index)).ToArray();
            var taken = await InsertAsync(table, [.. page.Chunk(perStatement).Select(some => forms.Insert(maker.Target, some))], cancellation);
            if (taken < page.Length)
            {
                throw new SafeMigrateException(
                    $"`{table.Name}` takes {done + taken} of {rows} rows: others are equal to them where a unique index or a trigger allows no second.", "ask for fewer rows, or put them in by hand", ExitCode.StoppedSafely);
            }
            done += page.Length;
            rowsOf[table.Name] = done;
            tell(table.Name, done);
        }
    }

    private async Task<int> InsertAsync(RowTable table, IReadOnlyList<Protocol.StatementMessage> statements, CancellationToken cancellation)
    {
        try
        {
            return (await link.Connection.RunAsync(statements, true, 3600, cancellation)).Sum(result => Math.Max(0, result.Changed));
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            throw new SafeMigrateException(
                $"`{table.Name}` refuses a row that was made up: {failure.Sentence.TrimEnd('.')}.", "put the rows in by hand, or give another --seed NUMBER", ExitCode.StoppedSafely, failure.Detail);
        }
    }

    private async Task<bool> IsFilledAsync(RowTable table, CancellationToken cancellation) =>
        (await link.AskAsync(forms.ValuesOf(table.Name, [], 1), cancellation)).Count > 0;
}
