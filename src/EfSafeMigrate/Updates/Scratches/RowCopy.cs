using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>
/// A share of the source's rows, with what they reference, what that references, and so on: round by round the parents that are missing are
/// fetched until none is, so self-references and cycles end by themselves. Foreign keys and triggers are away meanwhile; that the foreign keys
/// come back is the proof that they are whole.
/// </summary>
internal sealed class RowCopy(RowForms forms, Link source, Link scratch, RowCatalogue catalogue, Action<ScratchNews> tell)
{
    private readonly Dictionary<RowTable, long> added = [];
    private readonly HashSet<RowTable> unread = [];

    public long Rows => added.Values.Sum();

    public int Filled => added.Count(table => table.Value > 0);

    /// <param name="percent">Of each table.</param>
    /// <param name="file">The source's file, where it is opened beside the scratch.</param>
    public async Task RunAsync(Func<RowTable, double> percent, int seed, string? file, CancellationToken cancellation)
    {
        var loosened = forms.Loosen is { } loosen ? await scratch.AskAsync(loosen, cancellation) : [];
        await scratch.RunAsync(loosened.Select(row => row[0]!), cancellation);
        RowTable[] tables = [.. catalogue.Tables.Where(table => table.Own && percent(table) > 0 && table.Target.Columns.Count > 0)];
        if (forms.Attach is { } attach)
        {
            await AttachedAsync(attach, tables, percent, file!, cancellation);
        }
        else
        {
            await CarriedAsync(forms.Carry!, tables, percent, seed, cancellation);
        }
        foreach (var (table, rows) in added.Where(each => each.Value > 0))
        {
            tell(new TableFilled(table.Name.ToString(), rows));
        }
        await scratch.RunAsync(loosened.Select(row => row[1]!), cancellation);
        await scratch.RunAsync(forms.Afterwards, cancellation);
    }

    /// <summary>The next number is one that no row of the source has.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        foreach (var sequence in forms.Sequences is { } sequences ? await source.AskAsync(sequences, cancellation) : [])
        {
            await TryAsync(() => scratch.RunAsync([sequence[0]!], cancellation));
        }
    }

    private async Task AttachedAsync(AttachForms attach, IReadOnlyList<RowTable> tables, Func<RowTable, double> percent, string file, CancellationToken cancellation)
    {
        await scratch.RunAsync([attach.Open(file)], cancellation);
        foreach (var table in tables)
        {
            await AddAsync(table, new StatementMessage(attach.Sample(table.Target, percent(table))), cancellation);
        }
        for (var before = -1L; before < Rows;)
        {
            before = Rows;
            foreach (var link in catalogue.Links.Where(link => catalogue.Find(link.Key.Parent).Own))
            {
                var parent = catalogue.Find(link.Key.Parent);
                await AddAsync(parent, new StatementMessage(attach.Parents(link.Key, parent.Target)), cancellation);
            }
        }
        await scratch.RunAsync([attach.Close], cancellation);
    }

    private async Task CarriedAsync(CarryForms carry, IReadOnlyList<RowTable> tables, Func<RowTable, double> percent, int seed, CancellationToken cancellation)
    {
        foreach (var table in tables)
        {
            try
            {
                await foreach (var page in new RowPages(carry, source, carry.Sample(table.Target, percent(table), seed, table.Large)).ReadAsync(cancellation))
                {
                    await AddAsync(table, page, cancellation);
                }
            }
            catch (QueryFailure failure) when (!failure.Lost && !added.ContainsKey(table))
            {
                unread.Add(table);
                tell(new ScratchNote($"{table.Name} stays empty: {failure.Sentence}"));
            }
        }
        var asked = catalogue.Links.ToDictionary(link => link, _ => new HashSet<string>());
        while (await ParentsAsync(carry, asked, cancellation))
        {
        }
        // What the source had while its children were read, and has no more: the children are older than that.
        while (await WithoutOrphansAsync(carry, cancellation) > 0)
        {
        }
    }

    /// <returns>Whether another round may find more.</returns>
    private async Task<bool> ParentsAsync(CarryForms carry, Dictionary<RowLink, HashSet<string>> asked, CancellationToken cancellation)
    {
        var isNew = false;
        foreach (var link in catalogue.Links)
        {
            var parent = catalogue.Find(link.Key.Parent);
            (string, string)[] key = [.. link.Key.ParentColumns.Select(name => (name, parent.Columns.First(column => column.Name == name).Type))];
            await foreach (var page in new RowPages(carry, scratch, carry.Missing(link.Key)).ReadAsync(cancellation))
            {
                IReadOnlyList<string?>[] missing = [.. page.Where(values => asked[link].Add(string.Join('\0', values)))];
                foreach (var some in missing.Chunk(forms.RowsPerStatement))
                {
                    isNew = true;
                    await AddAsync(parent, await FetchAsync(parent, carry.ByKey(parent.Target, key, some), cancellation), cancellation);
                }
            }
        }
        return isNew;
    }

    /// <summary>Nothing where this user may not read: then what refers to it goes as well.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<string?>>> FetchAsync(RowTable table, Ask ask, CancellationToken cancellation)
    {
        try
        {
            return await source.AskAsync(ask, cancellation, seconds: 3600);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            if (unread.Add(table))
            {
                tell(new ScratchNote($"{table.Name} stays empty, and so do the rows that refer to it: {failure.Sentence}"));
            }
            return [];
        }
    }

    private async Task<int> WithoutOrphansAsync(CarryForms carry, CancellationToken cancellation)
    {
        StatementMessage[] statements = [.. catalogue.Links.Where(link => link.Proved).Select(link => new StatementMessage(carry.DeleteOrphans(link.Key)))];
        return statements.Length == 0 ? 0 : (await scratch.Connection.RunAsync(statements, false, 3600, cancellation)).Sum(result => result.Changed);
    }

    private async Task AddAsync(RowTable table, IReadOnlyList<IReadOnlyList<string?>> rows, CancellationToken cancellation)
    {
        foreach (var some in rows.Chunk(Math.Clamp(forms.ParametersPerStatement / table.Target.Columns.Count, 1, forms.RowsPerStatement)))
        {
            await AddAsync(table, forms.Insert(table.Target, some), cancellation);
        }
    }

    private async Task AddAsync(RowTable table, StatementMessage insert, CancellationToken cancellation)
    {
        var changed = (await scratch.Connection.RunAsync([insert], true, 3600, cancellation))[0].Changed;
        added[table] = added.GetValueOrDefault(table) + Math.Max(0, changed);
    }

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            // A sequence that no migration makes.
        }
    }
}
