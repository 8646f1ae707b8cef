using System.Diagnostics;
using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Proofs;

namespace EfSafeMigrate.Updates.Rehearsals;

/// <summary>Every migration of a plan: applied, verified, undone, compared with what was before, and applied again.</summary>
/// <param name="tell">Told of each migration before and after.</param>
internal sealed class Rehearsal(Stage stage, UpdatePlan plan, Action<RehearsalNews> tell)
{
    private readonly RowKeeping before = new(stage);
    private readonly RowKeeping applied = new(stage, first: 100_000);

    public async Task<Rehearsed> RunAsync(CancellationToken cancellation)
    {
        List<RehearsedMigration> done = [];
        foreach (var migration in plan.Migrations)
        {
            cancellation.ThrowIfCancellationRequested();
            tell(new MigrationTried(migration, done.Count + 1, plan.Migrations.Count));
            var rehearsed = await new MigrationRehearsal(stage, plan, migration, before, applied).RunAsync(cancellation);
            done.Add(rehearsed);
            tell(new MigrationKnown(rehearsed));
            if (rehearsed.EndsHere)
            {
                break;
            }
        }
        await before.ForgetAsync(cancellation);
        await applied.ForgetAsync(cancellation);
        return new(done, [.. plan.Migrations.Skip(done.Count)]);
    }
}

/// <summary>One migration up, down, and up again.</summary>
internal sealed class MigrationRehearsal(Stage stage, UpdatePlan plan, PlannedUpdate migration, RowKeeping rows, RowKeeping rowsApplied)
{
    private readonly List<Defect> defects = [];
    private readonly List<string> byDesign = [];
    private readonly List<string> notes = [];
    private readonly HashSet<Changes.TableName> told = [];
    private readonly MeantLosses meant = new(migration);
    private readonly Renames renames = Renames.Of(migration.Judged.Situations.Select(situation => situation.Change));
    private RehearsedMigration result = new(migration);

    public async Task<RehearsedMigration> RunAsync(CancellationToken cancellation)
    {
        var before = await SchemaAsync(cancellation);
        var unproved = await UnprovedAsync(cancellation);
        await rows.KeepAsync(cancellation);
        var sizes = await rows.CountAsync(cancellation);
        if (stage.Proof is { } proof)
        {
            notes.AddRange((await proof.BeforeAsync(migration.Id, cancellation)).Unproved);
        }
        result = result with { Compared = before.Lines.Count + rows.Tables.Count };
        await UpAsync(sizes, cancellation);
        if (!result.EndsHere)
        {
            await VerifyAsync(unproved, cancellation);
            var applied = await SchemaAsync(cancellation);
            await rowsApplied.KeepAsync(cancellation);
            if (await DownAsync(before, applied, cancellation))
            {
                await AgainAsync(applied, cancellation);
            }
        }
        return result with { Defects = defects, ByDesign = byDesign, Notes = [.. notes.Distinct()] };
    }

    private async Task UpAsync(IReadOnlyDictionary<Changes.TableName, long> sizes, CancellationToken cancellation)
    {
        try
        {
            var seen = await stage.UpAsync(migration, UpManner.AsApply, cancellation);
            result = result with { Up = TimeSpan.FromMilliseconds(seen.Sum(command => command.Milliseconds)), Commands = Predictions.Compare(migration, seen, stage.Engine, sizes) };
        }
        catch (Exception exception) when (Sentence(exception) is not null)
        {
            Add(DefectKind.UpFails, $"{migration.Name} cannot be applied on a connection of its own: {Sentence(exception)}.", "mend its Up; what an earlier migration leaves in the session (a temporary table, a setting) is gone in another");
            result = result with { EndsHere = true };
        }
    }

    private async Task VerifyAsync(IReadOnlyList<Unproved> unproved, CancellationToken cancellation)
    {
        try
        {
            var later = plan.Migrations.SkipWhile(each => each != migration).Skip(1).Select(each => each.Judged.Migration);
            Verification.CheckProved(unproved, await UnprovedAsync(cancellation), plan with { Later = [.. later, .. plan.Later] });
        }
        catch (SafeMigrateException exception)
        {
            Add(DefectKind.NotProved, $"{migration.Name}: {exception.Message}", exception.Next);
        }
        foreach (var lost in (await rows.CompareAsync(renames, values: false, cancellation)).Where(each => each.Lost > 0 && !meant.OfRows(each.Table)))
        {
            told.Add(lost.Table);
            Add(DefectKind.UpLosesRows, $"{migration.Name} takes away {Rows(lost.Lost)} of {lost.Table}{Example(lost)}, and no statement of it names them.", "look for a cascade, a trigger or a copy of the table that leaves rows out, and say in the migration which rows go");
        }
        if (stage.Proof is { } proof)
        {
            Judge(await proof.AfterAsync(migration.Id, cancellation));
        }
    }

    private void Judge(ProofVerdict verdict)
    {
        foreach (var (release, sentence) in verdict.Sentences)
        {
            if (release == Release.Previous && meant.Breaks is { } reason)
            {
                byDesign.Add($"{sentence.TrimEnd('.')}; that is accepted ({reason.TrimEnd('.')}).");
                continue;
            }
            Add(DefectKind.BreaksRelease, sentence, release == Release.New ? "let the migration make what the model has"
                : migration.Judged.Migration.Phase is not null ? "keep what the running release needs until the contract"
                : $"dotnet safe-migrate rewrite {migration.Name}   writes it in phases; or accept in the migration that the running release stops");
        }
        notes.AddRange(verdict.Unproved);
        result = result with { Proved = verdict.Checks };
    }

    /// <returns>False when it cannot be applied again from here.</returns>
    private async Task<bool> DownAsync(Schema before, Schema applied, CancellationToken cancellation)
    {
        if (migration.Judged.Migration.NoWayBack is { } why && meant.Accepted is { } reason)
        {
            byDesign.Add($"There is no way back from {migration.Name}: {why}, and that is accepted ({reason.TrimEnd('.')}).");
            return false;
        }
        try
        {
            var clock = Stopwatch.StartNew();
            await stage.DownAsync(migration, cancellation);
            result = result with { Down = clock.Elapsed };
        }
        catch (Exception exception) when (Sentence(exception) is not null)
        {
            Add(DefectKind.DownFails, $"{migration.Name} cannot be undone: its Down fails: {Sentence(exception)}.", "mend its Down, or accept in the migration that there is no way back");
            // Nothing of a Down that was rolled back is left; the next migration can be tried.
            result = result with { EndsHere = !(await stage.AppliedAsync(cancellation)).Contains(migration.Id) || SchemaDiff.Of(applied, await SchemaAsync(cancellation)).Count > 0 };
            return false;
        }
        foreach (var difference in SchemaDiff.Of(before, await SchemaAsync(cancellation)))
        {
            if (difference is { Before: null, After.Kind: "schema" or "extension" })
            {
                notes.Add($"Undone, {difference.Clause}; EF leaves it.");
                continue;
            }
            Add(DefectKind.DownLeavesSchema, $"{migration.Name} is undone, and {difference.Clause}.", "let its Down bring back what was there before");
        }
        foreach (var table in await rows.CompareAsync(Renames.None, values: true, cancellation))
        {
            Compare(table);
        }
        return true;
    }

    private void Compare(RowDifference table)
    {
        var otherValues = !table.Keyed && table.Gone > 0 && table.Are == table.Were;
        if ((table.Lost > 0 && meant.OfRows(table.Table)) || (otherValues && meant.OfSomeValues(table.Table)))
        {
            byDesign.Add($"{Rows(Math.Max(table.Lost, table.Gone))} of {table.Table} {Do(table.Gone, "does", "do")} not come back: {migration.Name} does away with them.");
        }
        else if ((table.Lost > 0 || otherValues) && told.Add(table.Table))
        {
            Add(DefectKind.DownLosesData, $"{migration.Name} is undone, and {(otherValues ? $"{Rows(table.Gone)} of {table.Table} {Do(table.Gone, "has", "have")} other values than before" : $"{Rows(table.Lost)} of {table.Table} {Do(table.Lost, "is", "are")} gone{Example(table)}")}.",
                "let its Down keep the rows that were there before");
        }
        if (table.Are > table.Were)
        {
            var left = table.Are - table.Were;
            told.Add(table.Table);
            Add(DefectKind.DownLeavesRows, $"{migration.Name} is undone, and {Rows(left)} of {table.Table} {Do(left, "is", "are")} left that {Do(left, "was", "were")} not there before.", "let its Down delete what its Up inserts");
        }
        foreach (var value in table.Values)
        {
            var lost = value.Emptied == value.Changed ? $"{Do(value.Changed, "loses its", "lose their")} value of {table.Table}.{value.Column}" : $"{Do(value.Changed, "has", "have")} another value of {table.Table}.{value.Column} than before";
            if (meant.OfValues(table.Table, value.Column))
            {
                byDesign.Add($"{Rows(value.Changed)} {lost}: {migration.Name} does away with what was there.");
            }
            else
            {
                told.Add(table.Table);
                Add(DefectKind.DownLosesData, $"{migration.Name} is undone, and {Rows(value.Changed)} {lost}.", "let its Down carry the values back before it drops what holds them");
            }
        }
    }

    private async Task AgainAsync(Schema applied, CancellationToken cancellation)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            await stage.UpAsync(migration, UpManner.AsEf, cancellation);
            result = result with { Again = clock.Elapsed };
        }
        catch (Exception exception) when (Sentence(exception) is not null)
        {
            Add(DefectKind.SecondUpFails, $"{migration.Name} cannot be applied again after it was undone: {Sentence(exception)}.", "let its Down take away all that its Up makes");
            result = result with { EndsHere = true };
            return;
        }
        foreach (var difference in SchemaDiff.Of(applied, await SchemaAsync(cancellation)))
        {
            Add(DefectKind.SecondUpDiffers, $"{migration.Name} is applied again, and {difference.Clause}.", "let its Up lead to the same schema whatever was there");
        }
        // Values of a column that is new may differ each time: a time, a number by chance. That they are missing is another matter.
        foreach (var table in (await rowsApplied.CompareAsync(Renames.None, values: true, cancellation)).Where(each => !told.Contains(each.Table) && !meant.OfSomeValues(each.Table)))
        {
            if (table.Are != table.Were)
            {
                Add(DefectKind.SecondUpDiffers, $"{migration.Name} is applied again, and {table.Table} has {Rows(table.Are)} where it had {table.Were.ToString("N0", CultureInfo.InvariantCulture)} the first time.", "let its Up write the same rows whatever was there");
            }
            foreach (var value in table.Values.Where(value => value.Emptied > 0))
            {
                Add(DefectKind.SecondUpDiffers, $"{migration.Name} is applied again, and {Rows(value.Emptied)} of {table.Table} {Do(value.Emptied, "has", "have")} no {value.Column}, which {Do(value.Emptied, "it", "they")} had the first time.", "let its Down keep what its Up reads");
            }
        }
    }

    private async Task<IReadOnlyList<Unproved>> UnprovedAsync(CancellationToken cancellation) =>
        await Verification.UnprovedAsync(stage.Look.QueryAsync, stage.Engine, cancellation);

    private Task<Schema> SchemaAsync(CancellationToken cancellation) => Schema.ReadAsync(stage.Look.QueryAsync, stage.Engine, stage.History, cancellation);

    private void Add(DefectKind kind, string sentence, string next) => defects.Add(new(kind, sentence, next));

    private static string Rows(long count) => Say.Rows(count);

    private static string Do(long count, string one, string several) => count == 1 ? one : several;

    private static string Example(RowDifference table) => table is { Keyed: true, Example: { } key } ? $" (for example {key})" : "";

    private static string? Sentence(Exception exception) => exception switch
    {
        QueryFailure { Lost: false } failure => failure.Sentence.TrimEnd('.'),
        SafeMigrateException failure => failure.Message.TrimEnd('.'),
        _ => null,
    };
}
