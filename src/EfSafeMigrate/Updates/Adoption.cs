using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Drifts;

namespace EfSafeMigrate.Updates;

/// <summary>A database that was made by other means: what it has, and what EF and the journal have to be told.</summary>
/// <param name="Migrations">All that are in it, oldest first.</param>
/// <param name="Added">Those that EF has not recorded.</param>
internal sealed record Adoption(IReadOnlyList<string> Migrations, IReadOnlyList<string> Added, DescribeResult Described)
{
    private const int Seconds = 60;

    private const string Look = "compare the database with the migrations, and name with --to the newest one that is in it";

    /// <param name="to">Null for the newest that EF has recorded.</param>
    public static Adoption Of(DescribeResult described, IReadOnlyList<string> migrations, IReadOnlyList<string> applied, string? to)
    {
        var last = to ?? migrations.LastOrDefault(applied.Contains)
            ?? throw new SafeMigrateException("EF has recorded no migration in this database, so it has to be said which are in it.", "dotnet safe-migrate adopt --to MIGRATION");
        string[] adopted = [.. migrations.TakeWhile(id => id != last), last];
        if (applied.Intersect(migrations).Except(adopted).FirstOrDefault() is { } later)
        {
            throw Refused($"EF has recorded {later}, which is newer than {last}.", Look);
        }
        return new(adopted, [.. adopted.Except(applied)], described);
    }

    /// <exception cref="SafeMigrateException">The database has not what the migrations make, or has what later ones make.</exception>
    public async Task CheckAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        var ask = engine.Updates.Columns;
        var rows = (await session.QueryAsync(ask.Sql, ask.Parameters, Seconds, cancellation)).Rows;
        var found = rows.ToLookup(row => new TableName(row[0], row[1]!), row => row[2]!);
        var models = Described.Migrations.ToDictionary(migration => migration.Id, migration => migration.Target!);
        var model = models[Migrations[^1]];
        foreach (var table in model.Tables.Where(IsStored))
        {
            if (ColumnsOf(found, table.Name) is not { } columns)
            {
                throw Refused($"The table {table.Name} is not in the database, and {Migrations[^1]} has it.", Look);
            }
            if (table.Columns.FirstOrDefault(column => !columns.Contains(column.Name)) is { } missing)
            {
                throw Refused($"The column {table.Name}.{missing.Name} is not in the database, and {Migrations[^1]} has it.", Look);
            }
        }
        foreach (var later in Described.Migrations.Where(migration => !Migrations.Contains(migration.Id)))
        {
            foreach (var table in later.Target!.Tables.Where(IsStored))
            {
                var before = model.Find(table.Name);
                var columns = ColumnsOf(found, table.Name);
                if (before is null && columns is not null)
                {
                    throw Refused($"The table {table.Name} is in the database, and only {later.Id} makes it.", Look);
                }
                if (before is not null && table.Columns.FirstOrDefault(column => columns!.Contains(column.Name) && before.Column(column.Name) is null) is { } early)
                {
                    throw Refused($"The column {table.Name}.{early.Name} is in the database, and only {later.Id} makes it.", Look);
                }
            }
        }
    }

    /// <summary>EF's history and the journal, nothing else.</summary>
    public async Task WriteAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        // The journal first: whoever may not make it has changed nothing.
        var journal = await Journal.OpenOrCreateAsync(session, engine, cancellation);
        if (Added.Count > 0)
        {
            var texts = Described.Migrations.ToDictionary(migration => migration.Id, migration => migration.History!);
            await session.RunAsync(
                [new StatementMessage(Described.CreateHistory!), .. Added.Select(id => new StatementMessage(texts[id]) { ExpectedRows = 1 })], transaction: true, cancellation);
        }
        await journal.AddAsync("adoption", new Adopted(Migrations), cancellation);
        await KeptSchema.KeepAsync("adoption", session, engine, journal, cancellation);
    }

    public override string ToString()
    {
        var recorded = (Migrations.Count - Added.Count, Added.Count) switch
        {
            (0, 1) => "EF had not recorded it",
            (0, _) => "EF had recorded none of them",
            (_, 0) => Migrations.Count == 1 ? "EF had recorded it" : "EF had recorded them",
            (_, var added) => $"EF had not recorded {added} of them",
        };
        return $"{"migration".ToQuantity(Migrations.Count)} up to {Migrations[^1]} {(Migrations.Count == 1 ? "was" : "were")} there; {recorded}.";
    }

    private static bool IsStored(Table table) => table.Kind is TableKind.Table or TableKind.Partitioned;

    private static HashSet<string>? ColumnsOf(ILookup<TableName, string> found, TableName name) =>
        found.Where(each => each.Key.Matches(name)).OrderBy(each => each.Key.Schema == name.Schema ? 0 : 1).FirstOrDefault()?.ToHashSet();

    private static SafeMigrateException Refused(string sentence, string next) => new($"{sentence} Nothing was changed.", next, ExitCode.StoppedSafely);
}
