using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Seeds;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>What goes into a scratch database: the source's schema, EF's history, and the rows that were asked for.</summary>
internal sealed class ScratchContents(Original original, Link source, Link scratch, ConnectionTextResult text, ScratchChoice choice, Action<ScratchNews> tell)
{
    private readonly ScratchForms forms = original.Forms;

    public async Task BringAsync(CancellationToken cancellation)
    {
        if (choice.Filling is Dump dump)
        {
            await RestoreAsync(dump, cancellation);
            return;
        }
        if (choice.Filling is Restored restored)
        {
            await restored.BringAsync(text, cancellation);
            await CutAsync(cancellation);
            return;
        }
        var behind = await BringSchemaAsync(source, cancellation);
        await FillAsync(source, choice.Filling is Sample sample ? sample.Percent : 0, behind, cancellation);
    }

    /// <returns>Statements that go behind the rows.</returns>
    private async Task<IReadOnlyList<string>> BringSchemaAsync(Link from, CancellationToken cancellation)
    {
        IReadOnlyList<string> behind = [];
        var copied = true;
        if (forms.Definitions is { } definitions)
        {
            var found = await from.AskAsync(definitions, cancellation);
            await scratch.RunAsync(found.Where(row => row[0] == "table").Select(row => row[1]!), cancellation);
            behind = [.. found.Where(row => row[0] != "table").Select(row => row[1]!)];
        }
        else if (!await new SchemaDump(original, source, text, tell).TryAsync(cancellation))
        {
            copied = false;
            await RunMigrationsAsync(cancellation);
        }
        await CutAsync(cancellation);
        await CheckTablesAsync(from, copied, cancellation);
        return behind;
    }

    /// <summary>What is tried here reaches no other database.</summary>
    private async Task CutAsync(CancellationToken cancellation)
    {
        if (forms.Server is { } server && await scratch.AskAsync(server.Ways, cancellation) is { Count: > 0 } ways)
        {
            await scratch.RunAsync(ways.Select(row => row[0]!), cancellation);
        }
    }

    private async Task RunMigrationsAsync(CancellationToken cancellation)
    {
        foreach (var command in await original.CommandsAsync(cancellation))
        {
            if (forms.Server?.Wide(command.Sql) is { } wide)
            {
                tell(new ScratchNote($"Not run: a statement of an applied migration that says {wide}, for it changes the whole server."));
                continue;
            }
            await scratch.RunAsync([command.Sql], cancellation);
        }
    }

    /// <exception cref="SafeMigrateException">A table of the source is not there.</exception>
    private async Task CheckTablesAsync(Link from, bool copied, CancellationToken cancellation)
    {
        var there = (await scratch.AskAsync(forms.Tables, cancellation)).Select(Named).ToHashSet();
        var missing = (await from.AskAsync(forms.Tables, cancellation)).Select(Named).Where(name => !there.Contains(name)).ToArray();
        if (missing.Length > 0 && copied)
        {
            throw new SafeMigrateException(
                $"The schema is not whole in the scratch database: {missing[0]} is missing{(missing.Length > 1 ? $", and {missing.Length - 1} more" : "")}.",
                "what the server refused is said above; --scratch CONNECTION names a database where this user may do more", ExitCode.StoppedSafely);
        }
        if (missing.Length > 0)
        {
            tell(new ScratchNote($"No migration makes {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? $" and {missing.Length - 5} more" : "")}: not in the scratch database."));
        }
        tell(new SchemaIsIn(there.Count, copied));
    }

    private async Task FillAsync(Link from, double percent, IReadOnlyList<string> behind, CancellationToken cancellation)
    {
        await from.RunAsync(forms.Rows.Begin, cancellation);
        await scratch.RunAsync(forms.Rows.Begin, cancellation);
        var catalogue = await RowCatalogue.ReadAsync(from, forms.Rows, cancellation);
        var there = (await scratch.AskAsync(forms.Tables, cancellation)).Select(Named).ToHashSet();
        RowTable[] tables = [.. catalogue.Tables.Where(table => there.Contains(Named([table.Name.Schema, table.Name.Name])))];
        var copy = new RowCopy(original.Forms.Rows, from, scratch, new(tables, [.. catalogue.Links.Where(link => Has(link.Key.Child) && Has(link.Key.Parent))]), tell);
        await copy.RunAsync(table => IsHistory(table) ? 100 : percent, choice.Seed, await FileAsync(from, cancellation), cancellation);
        if (percent > 0)
        {
            await copy.AdvanceAsync(cancellation);
        }
        await scratch.RunAsync(behind, cancellation);
        if ((await scratch.AskAsync(original.Engine.Updates.Journal.Exists, cancellation)).Count > 0)
        {
            // The one row that an empty journal has.
            await scratch.RunAsync(original.Engine.Updates.Journal.Create, cancellation);
        }
        var (rows, filled) = (copy.Rows, copy.Filled);
        if (choice.Filling is MadeUpRows made)
        {
            var seeding = await Seeding.OnAsync(original, scratch, choice.Seed, (_, _) => { }, cancellation);
            await seeding.EveryTableAsync(made.Count, IsHistory, (table, why) => tell(new ScratchNote($"{table} stays empty: {why}")), cancellation);
            foreach (var (table, added) in seeding.Made)
            {
                tell(new TableFilled(table.ToString(), added));
            }
            (rows, filled) = (seeding.Made.Values.Sum(), seeding.Made.Count);
        }
        tell(new ScratchFilled(rows, filled));

        bool Has(TableName name) => Array.Exists(tables, table => table.Name == name);
    }

    private bool IsHistory(RowTable table) => table.Name.Name == text.History.Name && (text.History.Schema is null || table.Name.Schema == text.History.Schema);

    /// <summary>The source's file, where it is opened beside the scratch.</summary>
    private async Task<string?> FileAsync(Link from, CancellationToken cancellation) =>
        forms.Rows.Attach is null ? null : (await from.AskAsync(original.Engine.Updates.Identity, cancellation))[0][1];

    private async Task RestoreAsync(Dump dump, CancellationToken cancellation)
    {
        if (forms.Rows.Attach is { } attach)
        {
            var file = await original.TextAsync(original.ConnectionString, new Dictionary<string, string>(attach.ReadOnly) { [forms.Database] = dump.Path }, cancellation);
            await using var link = await original.ConnectAsync(file.Text, "scratch dump", cancellation);
            await FillAsync(link, 100, await BringSchemaAsync(link, cancellation), cancellation);
            return;
        }
        await new SchemaDump(original, source, text, tell).RestoreAsync(dump.Path, cancellation);
        await CutAsync(cancellation);
        var tables = await scratch.AskAsync(forms.Tables, cancellation);
        if (tables.Count == 0)
        {
            throw new SafeMigrateException($"`{dump.Path}` brings no table.", "what the server refused is said above; is it a dump of this database?", ExitCode.StoppedSafely);
        }
        tell(new SchemaIsIn(tables.Count, Copied: true));
        tell(new ScratchFilled(0, 0));
    }

    private static string Named(IReadOnlyList<string?> row) => row[0] is { } schema ? $"{schema}.{row[1]}" : row[1]!;
}
