using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Updates;

/// <summary>
/// A contract takes away what the old release uses, so it waits for evidence that the old release is gone: its writes are counted by triggers,
/// its reads by the server, and every row has the new shape.
/// </summary>
internal sealed class ContractGate(Session session, Engine engine, Journal journal, GateFlags flags)
{
    /// <summary>A count over a whole table takes its time.</summary>
    private const int CountSeconds = 600;

    private const string NoRun = "observation";

    /// <summary>Plans for which this run has written down that nobody reads the old shape.</summary>
    private readonly HashSet<string> attestedIn = [];

    /// <summary>Looks at a contract that is pending, and notes in the journal what changed since the last look.</summary>
    /// <returns>What to tell; null when no contract is pending, or nothing is counted.</returns>
    public async Task<Objection?> ObserveAsync(IEnumerable<MigrationChanges> pending, CancellationToken cancellation)
    {
        if (OldShape.ContractOf(pending) is not [var first, ..] contract)
        {
            return null;
        }
        var shape = await OldShape.ReadAsync(session, engine, contract, cancellation);
        if (shape.Counters.Count == 0)
        {
            return null;
        }
        var (quiet, now) = await LookAsync(shape, cancellation);
        return new Objection(Refuses: false, $"{first.Name}: {quiet.Sentence(now)}", Next(quiet, now));
    }

    /// <summary>The same as <see cref="CheckAsync"/>, before what takes long: that a safeguard was set aside is written down when it is.</summary>
    /// <param name="run">Id of the run that is about to begin.</param>
    /// <param name="unused">No migration was ever applied: there is no old release.</param>
    /// <exception cref="SafeMigrateException">The evidence is missing or says otherwise; nothing was changed.</exception>
    public Task AskFirstAsync(UpdatePlan plan, string run, bool unused, CancellationToken cancellation) => CheckAsync(plan, run, unused, isFirst: true, cancellation);

    /// <param name="run">Id of the run that is about to begin.</param>
    /// <param name="unused">No migration was ever applied: there is no old release.</param>
    /// <exception cref="SafeMigrateException">The evidence is missing or says otherwise; nothing was changed.</exception>
    public Task CheckAsync(UpdatePlan plan, string run, bool unused, CancellationToken cancellation) => CheckAsync(plan, run, unused, isFirst: false, cancellation);

    private async Task CheckAsync(UpdatePlan plan, string run, bool unused, bool isFirst, CancellationToken cancellation)
    {
        var planned = plan.Migrations.Select(migration => migration.Judged.Migration).ToArray();
        foreach (var contract in planned.Where(migration => OldShape.ContractOf([migration]).Count > 0).GroupBy(migration => migration.Phase!.Plan))
        {
            if (!unused)
            {
                await CheckAsync([.. contract], planned, run, isFirst, cancellation);
            }
        }
    }

    private async Task CheckAsync(IReadOnlyList<MigrationChanges> contract, IReadOnlyList<MigrationChanges> planned, string run, bool isFirst, CancellationToken cancellation)
    {
        var name = contract[0].Name;
        if (planned.FirstOrDefault(migration => migration.Phase?.Plan == contract[0].Phase!.Plan && !contract.Contains(migration)) is { } earlier)
        {
            throw Refused($"{name} cannot follow {earlier.Name} in one run: between them the old release has to go.", "dotnet safe-migrate apply   then deploy, and when the old release is gone, apply --until contract");
        }
        await RefuseUnfilledAsync(name, contract, cancellation);
        if (flags.Force is { } reason)
        {
            await (isFirst ? Task.CompletedTask : journal.AddAsync(run, new Overridden($"contract gate of {name}", reason), cancellation));
            return;
        }
        var shape = await OldShape.ReadAsync(session, engine, contract, cancellation);
        if (shape.Missing is [var missing, ..])
        {
            throw Refused($"{name}: the counter `{missing}` is not there, so nobody knows whether the old shape is still written.", "--force-contract --reason \"…\"   when the old release is gone for certain");
        }
        // A look that nobody wrote down would be the first one for ever.
        await (journal.Exists ? Task.CompletedTask : journal.CreateAsync(cancellation));
        if (flags.AttestReaders is { } attested && attestedIn.Add(shape.Plan))
        {
            await journal.AddAsync(run, new ReadersAttested(shape.Plan, attested), cancellation);
        }
        var isAttested = Standing<ReadersAttested>().Any(each => each.Plan == shape.Plan);
        if (isAttested)
        {
            shape = shape with { Counters = shape.Counters.Where(counter => !OldShape.IsStatements(counter.Key)).ToDictionary() };
        }
        if (shape.Counters.Count > 0)
        {
            var (quiet, now) = await LookAsync(shape, cancellation);
            if (!quiet.IsLongerThan(flags.QuietPeriod, now))
            {
                throw Refused($"{name} waits: {quiet.Sentence(now)} The quiet period is {Say.Duration(flags.QuietPeriod)}.", Next(quiet, now));
            }
        }
        if (shape.Renewed is [var renewed, ..] && !isAttested)
        {
            throw Refused($"{name}: {renewed} keeps its name and gets another type, so no count tells whether the old release is gone.", "--attest-readers \"why it is gone\"");
        }
        if (!shape.SeesReaders && !isAttested)
        {
            throw Refused($"{name}: the server does not count statements (pg_stat_statements), so nobody knows whether the old shape is still read.", "--attest-readers \"why nobody reads it any more\"");
        }
    }

    /// <summary>A row whose new column is not what the old one says would lose its value; no flag sets this aside.</summary>
    private async Task RefuseUnfilledAsync(string name, IReadOnlyList<MigrationChanges> contract, CancellationToken cancellation)
    {
        foreach (var spec in contract.SelectMany(migration => migration.Phase!.Filled))
        {
            var ask = engine.Unfilled(spec);
            Protocol.QueryResult result;
            try
            {
                result = await session.QueryAsync(ask.Sql, ask.Parameters, CountSeconds, cancellation);
            }
            catch (QueryFailure failure) when (!failure.Lost && engine.Backfill.RowAtFault(failure.SqlState))
            {
                throw Refused(
                    $"{name} would lose data: there are rows of {spec.Table} from which {spec.Column} cannot be computed: {failure.Sentence.TrimEnd('.')}.", "correct those rows, and fill them again");
            }
            if (result.Rows[0][0] is { } count and not "0")
            {
                throw Refused(
                    $"{name} would lose data: {(count == "1000" ? "1000 rows or more" : "row".ToQuantity(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)))} of {spec.Table} {(count == "1" ? "has" : "have")} another value in {spec.Column} than the old shape says.",
                    "find out who writes past the trigger, and fill the rows again");
            }
        }
    }

    private async Task<(QuietTime Quiet, DateTimeOffset Now)> LookAsync(OldShape shape, CancellationToken cancellation)
    {
        var quiet = QuietTime.Of([.. Standing<OldWritesSeen>().Where(seen => seen.Plan == shape.Plan)], shape, shape.At);
        if (quiet.Since is null && journal.Exists)
        {
            await journal.AddAsync(NoRun, new OldWritesSeen(shape.Plan, shape.Counters) { Clock = shape.At }, cancellation);
        }
        return (quiet, shape.At);
    }

    /// <summary>What was said and seen of a shape that was taken back meanwhile says nothing of the one that is there now.</summary>
    private IEnumerable<T> Standing<T>() where T : RunEvent => journal.Entries.Reverse().TakeWhile(entry => entry.Event is not StepUndone).Reverse().Select(entry => entry.Event).OfType<T>();

    private string Next(QuietTime quiet, DateTimeOffset now) => quiet.IsLongerThan(flags.QuietPeriod, now)
        ? "dotnet safe-migrate apply --until contract   when the old release is gone"
        : $"dotnet safe-migrate apply --until contract   after {QuietTime.Spoken((quiet.Since ?? now) + flags.QuietPeriod)} UTC";

    private static SafeMigrateException Refused(string sentence, string next) => new($"{sentence} Nothing was changed.", next, ExitCode.StoppedSafely);
}
