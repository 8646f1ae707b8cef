using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Reports;

/// <summary>What <c>apply</c> shows, before, during and after a run.</summary>
internal abstract class RunReporter
{
    /// <summary>Before anything else: which database this is.</summary>
    public abstract void Head(Target target, Engine engine, OpenResult context, string serverVersion);

    /// <param name="gate">The contract that waits; null when nothing does.</param>
    public abstract void NothingPending(MigrationChanges? gate);

    /// <param name="whole">Also every statement.</param>
    public abstract void Plan(UpdatePlan plan, MigrationChanges? gate, bool whole);

    /// <summary>Something that a person should know before the run.</summary>
    public abstract void Object(Objection objection);

    public abstract void Tell(RunNews news);

    /// <param name="left">Migrations that are still pending.</param>
    public abstract void Done(MigrationChanges? gate, int left);
}
