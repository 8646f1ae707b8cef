using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Rollbacks;

/// <summary>Counts what undoing migrations takes away: rows of tables that go, and values that no other column says.</summary>
/// <param name="applied">What the migrations did that are undone, and the other phases of their plans.</param>
internal sealed class LossCount(Engine engine, Query query, IReadOnlyList<MigrationChanges> applied)
{
    /// <summary>A count over a whole table takes its time.</summary>
    private const int Seconds = 3600;

    private const int AskSeconds = 60;

    private readonly BackfillSpec[] filled = [.. applied.Where(migration => migration.Phase is not null).SelectMany(migration => migration.Backfills.Values)];
    private readonly BackfillSpec[] moved = [.. applied.Where(migration => migration.Phase is not null).SelectMany(migration => migration.Backfills.Values).Where(spec => spec is { Touches: true, Tied: not null, Where: not null })];
    private readonly Regrouping[] regroupings = [.. applied.SelectMany(migration => migration.Phase?.Regroups ?? []).DistinctBy(each => (each.Table, string.Join('\n', each.New.Select(column => column.Name))))];

    /// <param name="undo">The steps, in order.</param>
    /// <returns>The same, each with what it takes away from the database as it is now.</returns>
    public async Task<IReadOnlyList<PlannedUpdate>> CountAsync(IReadOnlyList<PlannedUpdate> undo, CancellationToken cancellation)
    {
        List<PlannedUpdate> counted = [];
        List<Change> earlier = [];
        foreach (var migration in undo)
        {
            counted.Add(migration with { Losses = await OfAsync(migration, new NamesNow(earlier), cancellation) });
            earlier.AddRange(migration.Judged.Migration.Changes);
        }
        return counted;
    }

    /// <summary>Right before a step: what was counted for whoever agreed may be more by now.</summary>
    /// <exception cref="SafeMigrateException">It takes something away, and nobody has agreed to that.</exception>
    public async Task CheckAsync(PlannedUpdate migration, Agreement agreed, string again, CancellationToken cancellation)
    {
        if (!migration.IsUndo || agreed.AcceptsLossIn(migration))
        {
            return;
        }
        if ((await OfAsync(migration, new NamesNow([]), cancellation)).FirstOrDefault(loss => loss.Rows != 0) is { } loss)
        {
            throw new SafeMigrateException(
                $"{migration.Name} is not undone: there was nothing to lose when that was counted, and now {loss.Sentence}",
                $"{again} {agreed.HowToAcceptLossIn(migration)}   when that is meant; see first who writes there", ExitCode.StoppedSafely);
        }
    }

    private async Task<IReadOnlyList<LostRows>> OfAsync(PlannedUpdate migration, NamesNow names, CancellationToken cancellation)
    {
        var there = (await query(engine.Updates.Columns.Sql, engine.Updates.Columns.Parameters, AskSeconds, cancellation)).Rows.Select(row => (Table: new TableName(row[0], row[1]!), Column: row[2]!)).ToArray();
        List<LostRows> losses = [];
        var dropped = migration.Judged.Situations.Select(situation => situation.Change).OfType<DropTable>().Select(drop => drop.Table).ToArray();
        foreach (var situation in migration.Judged.Situations)
        {
            switch (situation.Change)
            {
                case DropTable { Table: var table } when migration.Judged.Migration.Phase is not null && Names.IsOwn(table.Name):
                    break;
                case DropTable { Table: var table } when there.Any(each => each.Table.Matches(names.Of(table))):
                    losses.Add(await OfTableAsync(table, names.Of(table), situation.Before.Find(table), cancellation));
                    break;
                case DropColumn { Table: var table, Name: var name } when !dropped.Any(table.Matches) && there.Any(each => each.Table.Matches(names.Of(table)) && each.Column == names.Of(table, name)):
                    losses.Add(await OfColumnAsync(table, name, names, cancellation));
                    break;
            }
        }
        return [.. losses, .. Judged(migration), .. await GoneAsync(migration, names, there.Select(each => each.Table), cancellation)];
    }

    /// <summary>A table that a plan has made for values of another is filled from there, row for row.</summary>
    private async Task<LostRows> OfTableAsync(TableName table, TableName now, Table? definition, CancellationToken cancellation) =>
        moved.FirstOrDefault(spec => spec.Tied!.Table.Matches(now) && definition?.Columns.All(column => column.Name == spec.Tied.Column || spec.Tied.Key.Contains(column.Name)) == true) is { } spec
            ? LostRows.OfNewShape(table.ToString(), await CountMovedAsync(spec, inChild: true, cancellation))
            : LostRows.OfTable(table.ToString(), await NumberAsync(engine.Count(now, most: null), cancellation));

    private async Task<LostRows> OfColumnAsync(TableName table, string name, NamesNow names, CancellationToken cancellation)
    {
        var (where, column) = (names.Of(table), engine.Quote(names.Of(table, name)));
        var spoken = Say.Column(table, name);
        if (regroupings.FirstOrDefault(each => each.Table.Matches(where) && each.New.Any(made => made.Name == name)) is { } regrouping)
        {
            return LostRows.OfNewShape(spoken, await CountAsync(where, $"{column} IS NOT NULL AND ({Differs(where, regrouping.Old)}) AND ({Differs(where, regrouping.New)})", cancellation) ?? await CountAsync(where, $"{column} IS NOT NULL", cancellation));
        }
        if (filled.FirstOrDefault(spec => spec.Table.Matches(where) && spec.Column == name && !spec.Touches) is { } spec)
        {
            return LostRows.OfNewShape(spoken, await CountAsync(where, $"{column} IS NOT NULL AND ({engine.Phases!.Unfilled(spec with { Where = null, NullsOnly = false })})", cancellation) ?? await CountAsync(where, $"{column} IS NOT NULL", cancellation));
        }
        if (moved.FirstOrDefault(spec => (spec.Table.Matches(where) && spec.Column == name) || (spec.Tied!.Table.Matches(where) && spec.Tied.Column == name)) is { } move)
        {
            return LostRows.OfNewShape(spoken, await CountMovedAsync(move, inChild: !move.Table.Matches(where), cancellation) ?? await CountAsync(where, $"{column} IS NOT NULL", cancellation));
        }
        var given = applied.SelectMany(migration => migration.Changes).OfType<AddColumn>().LastOrDefault(add => add.Table.Matches(table) && add.Column.Name == name)?.Column.Default;
        var own = given is { Constant: true } ? await CountAsync(where, $"{column} <> {given.Sql}", cancellation) : null;
        return LostRows.OfColumn(spoken, own ?? await CountAsync(where, $"{column} IS NOT NULL", cancellation));
    }

    /// <summary>Values in one of the two places that no linked row has in the other.</summary>
    private Task<long?> CountMovedAsync(BackfillSpec spec, bool inChild, CancellationToken cancellation)
    {
        var (child, parent) = (spec.Tied!, spec.Table);
        var keys = inChild ? child.Key.Zip(child.To) : child.To.Zip(child.Key);
        var (here, own, there, theirs) = inChild ? (child.Table, child.Column, parent, spec.Column) : (parent, spec.Column, child.Table, child.Column);
        var linked = keys.Select(key => $"p.{engine.Quote(key.Second)} = t.{engine.Quote(key.First)}").Append($"p.{engine.Quote(theirs)} = t.{engine.Quote(own)}");
        return NumberAsync(new Ask($"SELECT count(*) FROM {engine.QuoteTable(here)} t WHERE t.{engine.Quote(own)} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {engine.QuoteTable(there)} p WHERE {string.Join(" AND ", linked)})"), cancellation);
    }

    /// <summary>Some column of a side is not what the other side says.</summary>
    private string Differs(TableName table, IEnumerable<RegroupedColumn> side) => string.Join(" OR ", side.Select(column => $"({engine.Phases!.Unfilled(new(table, [], column.Name, column.Sql))})"));

    /// <summary>What a rule says of other changes; nobody counts for it. That names look alike or not says nothing where a name is given back.</summary>
    private static IEnumerable<LostRows> Judged(PlannedUpdate migration)
    {
        var counted = migration.Judged.Situations.Where(situation => situation.Change is DropTable or DropColumn or RenameColumn or RenameTable).Select(situation => situation.Change.Origin).ToHashSet();
        return migration.Judged.Findings.Where(finding => finding is { Category: Category.Destructive, Severity: > Severity.Safe } && !counted.Contains(finding.Origin)).Select(finding => new LostRows(finding.Message, null));
    }

    /// <summary>What the migration itself did away with when it was applied.</summary>
    private async Task<IReadOnlyList<LostRows>> GoneAsync(PlannedUpdate migration, NamesNow names, IEnumerable<TableName> there, CancellationToken cancellation)
    {
        List<LostRows> gone = [];
        foreach (var change in applied.Where(each => each.Id == migration.Id && each.Phase is null).SelectMany(each => each.Changes))
        {
            switch (change)
            {
                case DropColumn drop when there.Any(names.Of(drop.Table).Matches):
                    gone.Add(LostRows.Gone(Say.Column(drop.Table, drop.Name), await NumberAsync(engine.Count(names.Of(drop.Table), most: null), cancellation)));
                    break;
                case DropTable or Truncate when change.Target is { } table && !applied.Any(each => each.Id == migration.Id && each.Source.Find(table) is null):
                    gone.Add(LostRows.Gone(table.ToString(), null));
                    break;
                case DeleteRows delete:
                    gone.Add(LostRows.Gone($"the rows of {delete.Table} that it deleted", null));
                    break;
            }
        }
        return gone;
    }

    private Task<long?> CountAsync(TableName table, string condition, CancellationToken cancellation) =>
        NumberAsync(new Ask($"SELECT count(*) FROM {engine.QuoteTable(table)} WHERE {condition}"), cancellation);

    /// <returns>Null where the server gives no answer: values that cannot be compared, an expression that fails, or too long a wait.</returns>
    private async Task<long?> NumberAsync(Ask ask, CancellationToken cancellation)
    {
        try
        {
            QueryResult found = await query(ask.Sql, ask.Parameters, Seconds, cancellation);
            return long.Parse(found.Rows[0][0]!, CultureInfo.InvariantCulture);
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            return null;
        }
    }
}
