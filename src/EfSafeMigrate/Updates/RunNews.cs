using EfSafeMigrate.Updates.Backfills;
using EfSafeMigrate.Updates.Backups;
using EfSafeMigrate.Updates.Rehearsals;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Updates;

/// <summary>What a run tells while it works; every output shows the same news in its own way.</summary>
internal abstract record RunNews;

internal sealed record RunBegan(string Run, UpdatePlan Plan) : RunNews;

/// <summary>Another run has the database; this one waits.</summary>
internal sealed record RunWaits(Holder Holder) : RunNews;

/// <summary>A run before this one never said how it ended; this one goes on where it was.</summary>
internal sealed record RunGoesOn(RunRecord Dead) : RunNews;

/// <summary>Somebody wanted to go on with a run, and the last one came to its end.</summary>
internal sealed record NothingToResume : RunNews;

/// <summary>The database is backed up before the first step.</summary>
internal sealed record BackupBegan(string Folder) : RunNews;

internal sealed record BackupMoved(BackupNews News) : RunNews;

/// <param name="Proven">Null when only a command of the team says that it is there.</param>
internal sealed record BackedUpFirst(BackedUp Written, BackupProven? Proven) : RunNews;

/// <summary>There is nothing that a backup would hold.</summary>
internal sealed record NothingToBackUp(string Sentence) : RunNews;

/// <summary>A run goes without its backup, or its rehearsal.</summary>
internal sealed record WrapLeftOut(string What, string Why) : RunNews;

/// <summary>Nothing was wrong in the rehearsal; the run begins.</summary>
internal sealed record RehearsedFirst(RehearsalPassed Passed) : RunNews;

/// <summary>What a rollback undoes and loses, before anybody is asked.</summary>
/// <param name="Counted">Newest first, each with what it takes away.</param>
internal sealed record RollbackWeighed(Undoing Undoing, IReadOnlyList<PlannedUpdate> Counted) : RunNews;

/// <summary>What a restore in place of a rollback loses, before anybody is asked.</summary>
/// <param name="Hash">What stands for it in an approval.</param>
internal sealed record RestoreWeighed(BackupChoice Backup, IReadOnlyList<LostRows> Lost, string Hash) : RunNews;

/// <summary>The database is what the backup held.</summary>
internal sealed record BackupStands(BackupChoice Backup, int Tables, long Rows) : RunNews;

internal sealed record StepBegan(PlannedUpdate Migration, int Attempt) : RunNews;

/// <param name="Command">Index into the migration's commands.</param>
internal sealed record CommandBegan(PlannedUpdate Migration, int Command) : RunNews;

/// <summary>A look at the locks while the step works.</summary>
internal sealed record StepWatched(PlannedUpdate Migration, IReadOnlyList<Blocker> Blockers, LockTime? LongestHold, TimeSpan LongestWait) : RunNews;

/// <summary>Others were in the way; the step is tried again after the pause.</summary>
internal sealed record StepPutOff(PlannedUpdate Migration, int Attempt, int Attempts, string Reason, Blocker? Blocker, TimeSpan Pause) : RunNews;

/// <summary>A session in the way was ended, or was spared for the reason.</summary>
internal sealed record BlockerMet(PlannedUpdate Migration, Blocker Blocker, string? Spared) : RunNews;

/// <summary>The connection was lost; the run connects again.</summary>
internal sealed record StepReconnects(PlannedUpdate Migration, string Reason) : RunNews;

/// <summary>Rows are written in batches.</summary>
internal sealed record BackfillMoved(PlannedUpdate Migration, BackfillNews News) : RunNews;

internal sealed record StepDone(PlannedUpdate Migration, StepEnded Ended) : RunNews;

/// <summary>The run has ended, well or not.</summary>
internal sealed record RunOver(RunEnded Ended) : RunNews;

/// <summary>A hook went wrong where it can stop nothing.</summary>
internal sealed record HookFailed(string Sentence) : RunNews;

/// <summary>A check after the steps has passed.</summary>
internal sealed record Verified(string Sentence) : RunNews;

/// <summary>How the database fares beside the run, compared with before.</summary>
internal sealed record Fared(IReadOnlyList<Vital> Vitals) : RunNews;

/// <summary>The run is done, and the watching goes on for a while.</summary>
internal sealed record StillWatching(TimeSpan Left) : RunNews;
