using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>What was seen of a migration's commands, beside what the engine's impacts say of them.</summary>
internal static class Predictions
{
    /// <param name="sizes">Rows of each table before the migration.</param>
    public static IReadOnlyList<RehearsedCommand> Compare(PlannedUpdate migration, IReadOnlyList<SeenCommand> seen, Engine engine, IReadOnlyDictionary<TableName, long> sizes)
    {
        var first = seen.FirstOrDefault(command => command.Before is not null)?.Before;
        return [.. seen.Where(command => !migration.Commands[command.Index].IsHistory).Select(command => Of(migration.Commands[command.Index], command, first, engine, sizes))];
    }

    private static RehearsedCommand Of(PlannedCommand command, SeenCommand seen, Observation? first, Engine engine, IReadOnlyDictionary<TableName, long> sizes)
    {
        var forms = engine.Rehearsals;
        var (before, after) = (seen.Before, seen.After);
        // A table that the migration itself has made is in nobody's use.
        bool IsOld(TableName table) => first is null || first.Tables.Values.Any(table.Matches);
        var held = before?.Locks(forms) ?? new Dictionary<string, string>();
        var taken = after is null ? [] : after.Locks(forms)
            .Where(each => (before!.Tables.TryGetValue(each.Key, out var table) || after.Tables.TryGetValue(each.Key, out table)) && (first is null || first.Tables.ContainsKey(each.Key)))
            .Where(each => !held.TryGetValue(each.Key, out var old) || old != each.Value)
            .Select(each => Lock(before!.Tables.GetValueOrDefault(each.Key) ?? after.Tables[each.Key], each.Value, forms)).ToList();
        foreach (var glimpse in seen.Glimpsed.Where(each => IsOld(each.Table)).GroupBy(each => each.Table))
        {
            if (Observation.Strongest(glimpse.Select(each => each.Mode), forms) is { } mode && !taken.Any(each => each.Table.Matches(glimpse.Key)))
            {
                taken.Add(Lock(glimpse.Key, mode, forms));
            }
        }
        var result = new RehearsedCommand(seen.Index, command, seen.Milliseconds)
        {
            Changed = seen.Changed,
            Locks = [.. taken.OrderByDescending(each => each.Blocks).ThenByDescending(each => forms.Strength(each.Mode)).ThenBy(each => each.Table.ToString(), StringComparer.Ordinal)],
            Glimpsed = command.Suppressed,
            Waited = seen.Waited,
            Rewritten = before is null || after is null ? [] : [.. after.RewrittenSince(before).Where(IsOld)],
            Indexed = before is null || after is null ? [] : [.. after.IndexedSince(before).Where(IsOld)],
            Read = before is null || after is null || command.Suppressed ? new Dictionary<TableName, long>() : Old(after.Since(before, "read")),
            Written = before is null || after is null || command.Suppressed ? new Dictionary<TableName, long>() : Old(after.Since(before, "written")),
            Rows = command.Situations.Select(situation => situation.Change.Target).OfType<TableName>().Distinct().Sum(table => sizes.FirstOrDefault(size => size.Key.Matches(table)).Value),
        };
        IReadOnlyDictionary<TableName, long> Old(IReadOnlyDictionary<TableName, long> rows) => rows.Where(each => IsOld(each.Key)).ToDictionary(each => each.Key, each => each.Value);
        return result with
        {
            Compared =
            [
                .. Locks(result, held.Where(each => before!.Tables.ContainsKey(each.Key)).ToDictionary(each => before!.Tables[each.Key], each => each.Value), engine),
                .. after is null ? [] : Work(result),
                .. seen.Waited > TimeSpan.FromMilliseconds(100) ? [Wait(seen)] : Array.Empty<Compared>(),
            ],
        };
    }

    private static IEnumerable<Compared> Locks(RehearsedCommand command, IReadOnlyDictionary<TableName, string> held, Engine engine)
    {
        var forms = engine.Rehearsals;
        var predicted = command.Command.Situations.Where(situation => !situation.IsOnNewTable).SelectMany(situation => situation.Impact.Locks.Where(taken => !situation.IsNew(taken.Table)))
            .Where(taken => forms.Strength(taken.Mode) is not null).GroupBy(taken => taken.Table)
            .Select(same => (Table: same.Key, Lock: same.MaxBy(taken => forms.Strength(taken.Mode))!)).ToList();
        var unread = command.Command.Situations.Count == 0 || command.Command.Situations.Any(situation => !situation.Impact.IsModelled);
        foreach (var (table, said) in predicted)
        {
            var before = held.FirstOrDefault(each => each.Key.Matches(table)).Value;
            var seen = command.Locks.FirstOrDefault(taken => taken.Table.Matches(table));
            var mode = seen?.Mode ?? before;
            if (mode is null ? command.Glimpsed : forms.Strength(mode) == Math.Max(forms.Strength(said.Mode)!.Value, before is null ? -1 : forms.Strength(before)!.Value))
            {
                if (mode is not null)
                {
                    yield return new(Verdict.Confirmed, table, $"{said.Mode} on {table}");
                }
            }
            else if (!(command.Glimpsed && forms.Strength(mode!) < forms.Strength(said.Mode)))
            {
                yield return new(Verdict.Mismatch, table, $"{mode ?? "no lock"} on {table}, where review says {said.Mode}")
                {
                    IsWorse = mode is not null && forms.BlocksOf(mode) > said.Blocks,
                };
            }
        }
        foreach (var taken in command.Locks.Where(taken => taken.Blocks != Blocks.Nothing && !predicted.Any(each => each.Table.Matches(taken.Table))))
        {
            yield return new(Verdict.NotPredicted, taken.Table, $"{taken.Mode} on {taken.Table}, which {(unread ? "review cannot read from the statement" : "review does not know of")}") { IsWorse = true };
        }
    }

    private static IEnumerable<Compared> Work(RehearsedCommand command)
    {
        var situations = command.Command.Situations.Where(situation => !situation.IsOnNewTable).ToList();
        var targets = situations.Select(situation => situation.Change.Target).OfType<TableName>().ToList();
        bool IsTarget(TableName table) => targets.Any(table.Matches);
        var said = situations.Aggregate(Engines.Work.Metadata, (all, situation) => all | situation.Impact.Work);
        var replaced = situations.Any(situation => situation.Change is Truncate or RefreshView);
        foreach (var table in command.Rewritten)
        {
            var known = IsTarget(table) && (said.HasFlag(Engines.Work.Rewrite) || replaced);
            yield return new(known ? Verdict.Confirmed : IsTarget(table) ? Verdict.Mismatch : Verdict.NotPredicted, table, $"{table} is written anew{(known ? "" : ", which review does not say")}") { IsWorse = !known };
        }
        foreach (var table in command.Indexed.Where(table => !command.Rewritten.Contains(table)))
        {
            var known = IsTarget(table) && (said.HasFlag(Engines.Work.IndexBuild) || replaced);
            yield return new(known ? Verdict.Confirmed : IsTarget(table) ? Verdict.Mismatch : Verdict.NotPredicted, table, $"an index of {table} is built{(known ? "" : ", which review does not say")}") { IsWorse = !known };
        }
        if (said.HasFlag(Engines.Work.Rewrite) && command.Rewritten.Count == 0 && !command.Command.Suppressed && situations.All(situation => !situation.IsRebuild))
        {
            yield return new(Verdict.Mismatch, targets.FirstOrDefault(), $"{targets.FirstOrDefault()} is not written anew, where review says so");
        }
        var writes = situations.Any(situation => situation.Change is UpdateRows or DeleteRows or InsertRows or UpdateData or InsertData or DeleteData or Truncate) || said.HasFlag(Engines.Work.RowChanges);
        foreach (var (table, rows) in command.Written.Where(each => !(writes && IsTarget(each.Key))))
        {
            yield return new(Verdict.NotPredicted, table, $"{Say.Rows(rows)} of {table} written, which no statement names") { IsWorse = true };
        }
    }

    private static Compared Wait(SeenCommand seen) => new(
        Verdict.NotPredicted, null,
        $"it waited {Say.Duration(seen.Waited)}{(seen.Blocker is { } blocker ? $" behind process {blocker.Process}{(blocker.Application.Length > 0 ? $" ({blocker.Application})" : "")}, whose transaction is open for {Say.Duration(blocker.Age)}" : "")}") { IsWorse = true };

    private static TableLock Lock(TableName table, string mode, RehearsalForms forms) => new(table, mode, forms.BlocksOf(mode));
}
