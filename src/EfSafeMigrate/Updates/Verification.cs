using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates;

/// <summary>After the steps: EF has recorded them, no index or constraint was left unproved, and the smoke queries answer.</summary>
internal sealed class Verification
{
    private const int AskSeconds = 15;
    private const int SmokeSeconds = 30;

    /// <summary>So much of an answer is told.</summary>
    private const int Shown = 60;

    private readonly RunContext run;
    private readonly UpdatePlan plan;
    private readonly IReadOnlyList<Unproved> before;

    private Verification(RunContext run, UpdatePlan plan, IReadOnlyList<Unproved> before) => (this.run, this.plan, this.before) = (run, plan, before);

    /// <summary>Looks at what is unproved before the steps, so that only what they leave is theirs.</summary>
    public static async Task<Verification> BeforeAsync(RunContext run, UpdatePlan plan, CancellationToken cancellation) =>
        new(run, plan, await UnprovedAsync(run.Work.QueryAsync, run.Engine, cancellation));

    /// <exception cref="SafeMigrateException">Something is not as the plan left it.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        CheckHistory(await run.Work.AppliedAsync(cancellation));
        Tell($"EF has recorded {"migration".ToQuantity(plan.Migrations.Count)}.");
        if (run.Engine.Updates.Unproved is not null)
        {
            CheckProved(before, await UnprovedAsync(run.Work.QueryAsync, run.Engine, cancellation), plan);
            Tell("No index or constraint was left invalid.");
        }
        foreach (var (name, sql) in run.Settings.SmokeQueries)
        {
            Tell($"`{name}` answers {await SmokeAsync(run.Work.QueryAsync, name, sql, cancellation)}.");
        }

        void Tell(string sentence) => run.Tell(new Verified(sentence));
    }

    public static async Task<IReadOnlyList<Unproved>> UnprovedAsync(Query query, Engine engine, CancellationToken cancellation)
    {
        if (engine.Updates.Unproved is not { } ask)
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
            $"The steps are done, but {names} {(left.Length == 1 ? "is" : "are")} not valid{(left.All(each => each.Kind == "index") ? "" : ", and no pending migration validates it")}.",
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
            $"The steps are done, but the smoke query `{name}` fails: {why}.", "find out what the release cannot do now; dotnet safe-migrate status   shows what was applied", ExitCode.NeedsPerson);
    }

    private void CheckHistory(IReadOnlyList<string> applied)
    {
        if (plan.Migrations.FirstOrDefault(migration => !applied.Contains(migration.Id)) is { } missing)
        {
            throw new SafeMigrateException($"EF ran {missing.Name} and did not record it.", "look into EF's history table before anything else is applied", ExitCode.NeedsPerson);
        }
    }

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
