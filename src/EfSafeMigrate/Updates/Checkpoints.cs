using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates;

/// <summary>
/// A migration with commands outside a transaction is committed in parts. Each part leaves a mark in its own transaction, so that a later run
/// neither does it twice nor leaves anything out.
/// </summary>
internal sealed class Checkpoints(RunContext run, PlannedUpdate migration)
{
    private const int ReadSeconds = 15;

    /// <summary>Before the id of a migration that is being undone: no id begins like this.</summary>
    private const string Undo = "undo ";

    private readonly CheckpointForms forms = run.Engine.Updates.Checkpoints;
    private readonly bool parts = migration.InParts;
    private readonly string key = migration.IsUndo ? KeyOfUndo(migration.Id) : migration.Id;

    /// <exception cref="SafeMigrateException">What was committed is not what the migration says now, or nobody knows whether a command took effect.</exception>
    public async Task<Checkpoint?> FindAsync(CancellationToken cancellation)
    {
        if (!parts || await FindAsync(run.Work, forms, key, cancellation) is not { } mark)
        {
            return null;
        }
        if (mark.Checksum != migration.Checksum)
        {
            throw new SafeMigrateException(
                $"{migration.Name} was edited after {mark.Done} of its commands had been committed.",
                $"bring back the migration as it was, then {run.Again}", ExitCode.NeedsPerson);
        }
        if (mark.Begun is { } unknown && !CanRepeat(migration.Commands[unknown]))
        {
            throw new SafeMigrateException(
                $"{migration.Name} was interrupted in its command {unknown + 1} of {migration.Commands.Count}, which runs outside the transaction, and nobody knows whether it took effect: {Shortened(migration.Commands[unknown].Sql)}",
                $"look whether its effect is there, then dotnet safe-migrate repair step {migration.Name} --done (or --not-done) --reason \"…\", and {run.Again}", ExitCode.NeedsPerson);
        }
        return mark;
    }

    public bool IsCommitted(Checkpoint? mark, int command) => command < mark?.Done && !IsOfSession(migration.Commands[command]);

    /// <summary>Statements before a command, in its transaction.</summary>
    public IReadOnlyList<string> Before(int at)
    {
        var command = migration.Commands[at];
        return !parts ? []
            : command.IsHistory ? [forms.Forget(key)]
            : command.Suppressed ? CanRepeat(command) ? [] : [Mark(at, begun: at)]
            : at + 1 < migration.Commands.Count && migration.Commands[at + 1].Suppressed ? [Mark(at + 1)] : [];
    }

    /// <summary>Statements after a command has succeeded.</summary>
    public IReadOnlyList<string> After(int at) =>
        migration.Commands[at] is { Suppressed: true } command && !IsOfSession(command) ? [Mark(at + 1)] : [];

    /// <summary>The server has said that the command failed: it took no effect.</summary>
    public async Task SettleAsync()
    {
        try
        {
            if (parts)
            {
                await run.Work.RunAsync([new(forms.Settle(key, run.Id))], transaction: false, CancellationToken.None, timeoutSeconds: 5);
            }
        }
        catch (Exception exception) when (exception is QueryFailure or SafeMigrateException)
        {
            // The connection is gone; a person looks.
        }
    }

    /// <summary>A migration that was finished by other means, and then perhaps undone, begins anew.</summary>
    public static async Task ForgetAppliedAsync(RunContext run, IReadOnlyList<string> applied, CancellationToken cancellation)
    {
        var forms = run.Engine.Updates.Checkpoints;
        var marks = await run.Work.QueryAsync(forms.All.Sql, forms.All.Parameters, ReadSeconds, cancellation);
        foreach (var id in marks.Rows.Select(row => row[0]!).Where(key => UndoneBy(key) is { } undone ? !applied.Contains(undone) : applied.Contains(key)))
        {
            await run.Work.RunAsync([new(forms.Forget(id))], transaction: false, cancellation);
        }
    }

    /// <summary>A migration that is half applied or half undone is brought to its end before any other is touched.</summary>
    /// <exception cref="SafeMigrateException">There is one that the plan does not go on with.</exception>
    public static async Task RefuseHalfAsync(RunContext run, UpdatePlan plan, CancellationToken cancellation)
    {
        var forms = run.Engine.Updates.Checkpoints;
        var marks = await run.Work.QueryAsync(forms.All.Sql, forms.All.Parameters, ReadSeconds, cancellation);
        foreach (var key in marks.Rows.Select(row => row[0]!))
        {
            var (undone, id) = (UndoneBy(key) is not null, UndoneBy(key) ?? key);
            // A migration that waits behind its own first half, and others that come before it, are the run's to go on with.
            if (undone != plan.IsUndo && (undone || plan.IsUndo))
            {
                throw new SafeMigrateException(
                    $"{MigrationChanges.NameOf(id)} is half {(undone ? "undone" : "applied")}: a run was stopped in the middle of it.",
                    undone ? $"dotnet safe-migrate rollback   goes on with it" : $"{RunContext.Resume}   goes on with it; then undo it", ExitCode.NeedsPerson);
            }
        }
    }

    /// <summary>Takes a person's word for it.</summary>
    /// <returns>The command; null when there is none of which nobody knows.</returns>
    public static async Task<int?> DecideAsync(Session session, Engine engine, string migration, bool done, CancellationToken cancellation)
    {
        var forms = engine.Updates.Checkpoints;
        if ((await FindAsync(session, forms, migration, cancellation) ?? await FindAsync(session, forms, KeyOfUndo(migration), cancellation)) is not { Begun: { } command } mark)
        {
            return null;
        }
        var decided = mark with { Done = done ? command + 1 : mark.Done, Begun = null };
        await session.RunAsync([new(forms.Mark(decided))], transaction: false, cancellation);
        return command;
    }

    private static async Task<Checkpoint?> FindAsync(Session session, CheckpointForms forms, string migration, CancellationToken cancellation)
    {
        var ask = forms.Find(migration);
        var found = await session.QueryAsync(ask.Sql, ask.Parameters, ReadSeconds, cancellation);
        return found.Rows is [[var by, var checksum, var done, var begun]]
            ? new Checkpoint(migration, by!, checksum!, Number(done!), begun is null ? null : Number(begun)) : null;
    }

    private static string KeyOfUndo(string migration) => Undo + migration;

    /// <summary>The migration that was being undone; null where one was being applied.</summary>
    private static string? UndoneBy(string key) => key.StartsWith(Undo, StringComparison.Ordinal) ? key[Undo.Length..] : null;

    private bool CanRepeat(PlannedCommand command) => command.Backfill is not null || command.Leftover is not null || IsOfSession(command) || forms.Repeatable(command.Sql);

    private bool IsOfSession(PlannedCommand command) => Splitter.HoldsOnly(command.Sql, SqlDialect.Of(run.Engine.Id), forms.OfSession);

    private string Mark(int done, int? begun = null) => forms.Mark(new Checkpoint(key, run.Id, migration.Checksum, done, begun));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Shortened(string sql)
    {
        var line = string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 200 ? line : line[..199] + "…";
    }
}
