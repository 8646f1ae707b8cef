using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Verifications;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Updates;

/// <summary>After the steps: EF has recorded them, the tables are as the model says, no index or constraint was left unproved, and the smoke queries answer.</summary>
internal sealed class Verification
{
    private const int AskSeconds = 15;
    private const int SmokeSeconds = 30;

    /// <summary>How a sentence begins that says what is wrong after the steps.</summary>
    public const string Done = "The steps are done, but ";

    /// <summary>So much of an answer is told.</summary>
    private const int Shown = 60;

    private readonly RunContext run;
    private readonly UpdatePlan plan;
    private readonly IReadOnlyList<Unproved> before;
    private readonly ModelCheck model;
    private readonly RowCheck rows;
    private readonly CameBack? came;
    private readonly List<SafeMigrateException> failed = [];
    private int passed;

    private Verification(RunContext run, UpdatePlan plan, IReadOnlyList<Unproved> before, ModelCheck model, RowCheck rows, CameBack? came) =>
        (this.run, this.plan, this.before, this.model, this.rows, this.came) = (run, plan, before, model, rows, came);

    /// <summary>Looks at what is unproved, and at what differs from the model, before the steps: only what they leave is theirs.</summary>
    public static async Task<Verification> BeforeAsync(RunContext run, UpdatePlan plan, CancellationToken cancellation) => new(
        run, plan, await UnprovedAsync(run.Work.QueryAsync, run.Engine, cancellation),
        await ModelCheck.BeforeAsync(run.Work.QueryAsync, run.Engine, run.Work.Applied.LastOrDefault(run.Knows) is { } newest ? await run.ModelAsync(newest, cancellation) : DatabaseModel.Empty, cancellation),
        await RowCheck.BeforeAsync(run.Work.QueryAsync, run.Engine, plan, cancellation),
        plan.IsUndo ? await CameBack.BeforeAsync(run.Work.QueryAsync, run.Engine, run.Journal.Entries, run.Work.Applied, cancellation) : null);

    /// <exception cref="SafeMigrateException">Something is not as the plan left it.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var query = (Query)run.Work.QueryAsync;
        var applied = await run.Work.AppliedAsync(cancellation);
        var owed = HeldNames.Of(plan.IsUndo ? [] : plan.Migrations.Select(migration => migration.Judged.Migration));
        var after = await run.ModelAfterAsync(plan.DownTo ?? plan.Migrations[^1].Id, cancellation);
        await CheckAsync(() => Task.FromResult<string?>(plan.IsUndo ? CheckForgotten(applied) : CheckHistory(applied)));
        if (run.Engine.Updates.Unproved is not null)
        {
            await CheckAsync(async () =>
            {
                CheckProved(before, await UnprovedAsync(query, run.Engine, cancellation), plan);
                return "No index or constraint was left invalid.";
            });
        }
        await CheckAsync(() => model.CheckAsync(query, after, owed, cancellation));
        await CheckAsync(async () => came is null ? null : await came.CheckAsync(query, applied, cancellation));
        await CheckAsync(() => rows.CheckNumbersAsync(query, after, cancellation));
        await CheckAsync(() => rows.CheckCountsAsync(query, after, cancellation));
        await CheckAsync(() => rows.CheckReferencesAsync(query, after, cancellation));
        foreach (var (name, sql) in run.Settings.SmokeQueries)
        {
            await CheckAsync(async () => $"`{name}` answers {await SmokeAsync(query, name, sql, cancellation)}.");
        }
        run.Tell(new Verified($"{passed} of {passed + failed.Count} checks passed."));
        if (failed is [var first, .. var others])
        {
            throw others.Count == 0 ? first : new SafeMigrateException(
                $"{first.Message} {string.Join(' ', others.Select(other => other.Message.Replace(Done, "And ", StringComparison.Ordinal)))}", first.Next, ExitCode.NeedsPerson);
        }
    }

    /// <param name="check">What it saw; null where there was nothing to look at.</param>
    private async Task CheckAsync(Func<Task<string?>> check)
    {
        try
        {
            if (await check() is { } saw)
            {
                passed++;
                run.Tell(new Verified(saw));
            }
        }
        catch (SafeMigrateException exception)
        {
            failed.Add(exception);
            run.Tell(new Verified($"Failed: {exception.Message}"));
        }
    }

    public static async Task<IReadOnlyList<Unproved>> UnprovedAsync(Query query, Engine engine, CancellationToken cancellation)
    {
        if (!engine.HasUpdates || engine.Updates.Unproved is not { } ask)
        {
            return [];
        }
        var found = await query(ask.Sql, ask.Parameters, AskSeconds, cancellation);
        return [.. found.Rows.Select(row => new Unproved(row[0]!, row[1]!, row[2]!, row[3]!))];
    }

    public static void CheckProved(IReadOnlyList<Unproved> before, IReadOnlyList<Unproved> after, UpdatePlan plan)
    {
        var promised = plan.Later.SelectMany(migration => migration.Changes).SelectMany(Proves).ToHashSet();
        var left = after.Except(before).Where(each => each.Kind == "index" || !promised.Contains(each.Name)).ToArray();
        if (left is not [var first, ..])
        {
            return;
        }
        var names = Say.List([.. left.Select(each => $"the {each.Kind} {each.Name} on {each.Table}")]);
        throw new SafeMigrateException(
            $"{Done}{names} {(left.Length == 1 ? "is" : "are")} not valid{(left.All(each => each.Kind == "index") ? "" : ", and no pending migration validates it")}.",
            $"{first.Proof}   proves it; when it fails, correct the rows first", ExitCode.NeedsPerson);
    }

    /// <returns>What it answers.</returns>
    /// <exception cref="SafeMigrateException">It fails, or answers false.</exception>
    public static async Task<string> SmokeAsync(Query query, string name, string sql, CancellationToken cancellation)
    {
        try
        {
            var found = await query(sql, [], SmokeSeconds, cancellation);
            return found.Rows is not [[var value, ..], ..] ? "no row"
                : string.Equals(value, "false", StringComparison.OrdinalIgnoreCase) ? throw Failed("it answers false")
                : value is null ? "NULL" : $"`{(value.Length > Shown ? $"{value[..Shown]}…" : value)}`";
        }
        catch (QueryFailure failure) when (!failure.Lost)
        {
            throw Failed(failure.Sentence.TrimEnd('.'));
        }

        SafeMigrateException Failed(string why) => new(
            $"{Done}the smoke query `{name}` fails: {why}.", "find out what the release cannot do now; dotnet safe-migrate status   shows what was applied", ExitCode.NeedsPerson);
    }

    private string CheckHistory(IReadOnlyList<string> applied) =>
        plan.Migrations.FirstOrDefault(migration => !applied.Contains(migration.Id)) is { } missing
            ? throw new SafeMigrateException($"EF ran {missing.Name} and did not record it.", "look into EF's history table before anything else is applied", ExitCode.NeedsPerson)
            : $"EF has recorded {"migration".ToQuantity(plan.Migrations.Count)}{(plan.Later.Count > 0 ? $", and {plan.Later.Count} {(plan.Later.Count == 1 ? "waits" : "wait")}" : "")}.";

    private string CheckForgotten(IReadOnlyList<string> applied) =>
        plan.Migrations.FirstOrDefault(migration => applied.Contains(migration.Id)) is { } left
            ? throw new SafeMigrateException($"EF undid {left.Name} and has it recorded still.", "look into EF's history table before anything else is undone", ExitCode.NeedsPerson)
            : $"EF has forgotten {"migration".ToQuantity(plan.Migrations.Count)}.";

    /// <summary>Constraints that a pending migration validates, or does away with.</summary>
    private static IEnumerable<string> Proves(Change change) => change switch
    {
        ValidateConstraint validate => [validate.Name],
        DropConstraint drop => [drop.Name],
        DropCheckConstraint drop => [drop.Name],
        DropForeignKey drop => [drop.Name],
        _ => [],
    };
}

/// <param name="Kind"><c>index</c> or <c>constraint</c>.</param>
/// <param name="Proof">The statement that makes it valid.</param>
internal sealed record Unproved(string Kind, string Name, string Table, string Proof);
