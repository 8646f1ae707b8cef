using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Updates;

/// <summary>
/// Whether a plan may run on its target: who said so, by a flag, in the journal, in a signed file or at the prompt. Without a prompt nothing
/// is asked: what is missing is a refusal that names the flag.
/// </summary>
/// <param name="prompt">Null where nobody can answer.</param>
/// <param name="authors">Who wrote the plan's migrations.</param>
/// <param name="me">Who runs the tool.</param>
internal sealed class Consent(
    UpdatePlan plan, Protection protection, ApprovalSettings rules, ConsentFlags flags, Prompt? prompt, IReadOnlyList<Person> authors, Person me)
{
    public const string DestructivePhrase = "EXECUTE DESTRUCTIVE MIGRATIONS";

    private readonly List<RunEvent> events = [];

    /// <param name="earlier">Approvals in the journal, oldest first.</param>
    /// <exception cref="SafeMigrateException">The plan may not run.</exception>
    public async Task<Agreement> ObtainAsync(IReadOnlyList<Approved> earlier, DateTimeOffset now, CancellationToken cancellation)
    {
        await CheckDatabaseAsync(cancellation);
        var approval = await ApproveAsync(earlier, now, cancellation);
        var destructive = approval is { Destructive: true };
        if (flags.ApproveDestructive is not null)
        {
            events.Add(new Overridden("destructive steps", flags.Reason
                ?? throw new SafeMigrateException("--approve-destructive needs a reason.", "--reason \"…\"   goes into the journal")));
            destructive = true;
        }
        else if (plan.Destroys && protection.IsOn && !destructive)
        {
            await AllowDestructionAsync(cancellation);
            destructive = true;
        }
        var losses = destructive || protection.IsOn ? [] : await AcceptLossesAsync(cancellation);
        return new(events) { Destructive = destructive, Losses = losses, Approval = protection.IsOn ? approval!.PlanHash : null };
    }

    private async Task CheckDatabaseAsync(CancellationToken cancellation)
    {
        var target = plan.Target;
        if (flags.ExpectDatabase is null && !protection.IsOn)
        {
            return;
        }
        var typed = flags.ExpectDatabase ?? await AskAsync(
            $"{target.Database}@{target.Server}: {protection.Why}. Type the name of the database",
            $"`{target.Database}` on {target.Server} needs to be named: {protection.Why}.", $"--expect-database {ShellWord.Of(target.Database)}   when that is the one you mean", cancellation);
        if (typed != target.Database)
        {
            throw Refused($"The database is `{target.Database}` on {target.Server}, not `{typed}`.", "look at the connection before anything else");
        }
    }

    private async Task<Approved?> ApproveAsync(IReadOnlyList<Approved> earlier, DateTimeOffset now, CancellationToken cancellation)
    {
        if (flags.Signed is { } signed)
        {
            var given = signed with { Authors = [.. signed.Authors.Union(authors)] };
            Keep(given, now);
            events.Add(given);
            return given;
        }
        if (flags.Approve is not null || flags.ApproveDestructive is not null)
        {
            // Two hashes that differ: both are looked at, and one of them is refused.
            var given = new[] { flags.Approve, flags.ApproveDestructive }.OfType<string>().Distinct().Select(typed => ByHash(typed, earlier, now)).ToArray();
            return given[^1];
        }
        if (earlier.LastOrDefault(approved => Objection(approved, now) is null) is { } standing)
        {
            return standing;
        }
        if (!protection.IsOn)
        {
            return null;
        }
        // What was approved of other migrations has run long ago, and says nothing of these.
        var near = earlier.LastOrDefault(approved => approved.Migrations.Any(each => plan.Migrations.Any(migration => migration.Id == each.Id && (!plan.IsUndo || migration.Checksum == each.Checksum))));
        var objection = near is null ? $"The plan {Digest.Spoken(plan.Hash)} is not approved: {protection.Why}." : Objection(near, now)!;
        return ByHash(await AskAsync(
            $"{objection} Type the plan's hash ({Digest.Spoken(plan.Hash)}) to approve it", objection,
            near is not null ? $"dotnet safe-migrate {Verb} --plan-only, and have the new plan approved" : plan.IsUndo ? $"--approve {Digest.Spoken(plan.Hash)}   by whoever may" : $"dotnet safe-migrate approve {Digest.Spoken(plan.Hash)}   by whoever may, or --approve {Digest.Spoken(plan.Hash)}", cancellation), earlier, now);
    }

    private Approved ByHash(string typed, IReadOnlyList<Approved> earlier, DateTimeOffset now)
    {
        if (earlier.LastOrDefault(approved => Digest.Names(typed, approved.PlanHash)) is { } known)
        {
            Keep(known, now);
            return known;
        }
        if (!Digest.Names(typed, plan.Hash))
        {
            throw Refused(Digest.Misnamed(typed, plan.Hash), $"dotnet safe-migrate {Verb} --plan-only, and have the plan approved that it shows");
        }
        var fresh = new Approved(plan.Hash, now + rules.Expires, flags.ApproveDestructive is not null, flags.Reason)
        {
            Fingerprint = plan.Target.Fingerprint, Migrations = Approval.MigrationsOf(plan), Approver = me, Authors = authors,
        };
        Keep(fresh, now);
        events.Add(fresh);
        return fresh;
    }

    private async Task AllowDestructionAsync(CancellationToken cancellation)
    {
        var destroyed = plan.Migrations.First(migration => migration.Destroys.Count > 0);
        var typed = await AskAsync(
            $"{Of(destroyed)} destroys data: {destroyed.Destroys[0]} Type {DestructivePhrase} to go on",
            $"{Of(destroyed)} destroys data, and {protection.Why}: {destroyed.Destroys[0]}",
            $"--approve-destructive {Digest.Spoken(plan.Hash)} --reason \"…\"   when that is meant", cancellation);
        if (typed != DestructivePhrase)
        {
            throw Refused("The phrase was not typed as it stands.", "nothing of the plan runs without it");
        }
        events.Add(new Overridden("destructive steps", "the phrase was typed"));
    }

    /// <returns>Migrations that destroy data, and those that may although nothing in them says that they do.</returns>
    private async Task<IReadOnlyList<string>> AcceptLossesAsync(CancellationToken cancellation)
    {
        List<string> accepted = [];
        foreach (var migration in plan.Migrations)
        {
            var isNamed = flags.AcceptDataLoss.Any(migration.IsNamed);
            if (isNamed || migration.Destroys.Count > 0)
            {
                events.Add(new Overridden($"data loss in {migration.Id}", isNamed ? "--accept-data-loss" : await AcceptLossAsync(migration, cancellation)));
                accepted.Add(migration.Id);
            }
        }
        return accepted;
    }

    private async Task<string> AcceptLossAsync(PlannedUpdate migration, CancellationToken cancellation) =>
        prompt is not null && flags.Yes ? "--yes"
        : await AskAsync(
            $"{Of(migration)} destroys data: {migration.Destroys[0]} Go on? [y/N]",
            $"{Of(migration)} destroys data: {migration.Destroys[0]}{Misspelt}", $"--accept-data-loss {migration.Name}   when that is meant", cancellation) is "y" or "Y" or "yes"
            ? "yes at the prompt" : throw Refused($"{Of(migration)} destroys data, and nobody said yes.", plan.IsUndo ? "keep the data first" : "keep the data first, or take the migration out");

    private string Verb => plan.IsUndo ? "rollback" : "apply";

    private static string Of(PlannedUpdate migration) => $"{(migration.IsUndo ? "Undoing " : "")}{migration.Name}";

    private string Misspelt => flags.AcceptDataLoss.FirstOrDefault(name => !plan.Migrations.Any(migration => migration.IsNamed(name))) is { } name
        ? $" --accept-data-loss names {name}, which this plan does not run." : "";

    private void Keep(Approved approved, DateTimeOffset now)
    {
        if (Objection(approved, now) is { } objection)
        {
            throw Refused(objection, $"dotnet safe-migrate {Verb} --plan-only, and have the new plan approved");
        }
    }

    private string? Objection(Approved approved, DateTimeOffset now) => approved.Objection(plan, rules.ApproverIsNotAuthor, now);

    private async Task<string> AskAsync(string question, string refusal, string next, CancellationToken cancellation) =>
        prompt is null ? throw Refused(refusal, next) : (await prompt(question, cancellation))?.Trim() ?? "";

    private static SafeMigrateException Refused(string sentence, string next) => new($"{sentence} Nothing was changed.", next, ExitCode.StoppedSafely);
}
