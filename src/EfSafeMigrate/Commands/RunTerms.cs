using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Drifts;
using EfSafeMigrate.Updates.Preflight;

namespace EfSafeMigrate.Commands;

/// <summary>What <c>apply</c> and <c>rollback</c> say alike of a run.</summary>
internal static class RunTerms
{
    /// <summary>A run does not wait longer for somebody else's locks only to look.</summary>
    private const int DriftSeconds = 10;

    /// <summary>For the journal.</summary>
    public static async Task<RunStarted> StartedAsync(LiveProject live, Target target, string hash, IReadOnlyList<string> migrations, CancellationToken cancellation) => new(hash, migrations)
    {
        Host = Operator.Host,
        Process = Environment.ProcessId,
        ToolVersion = ToolVersion.Number,
        Commit = await live.Project.CommitAsync(cancellation),
        Provider = live.Project.Provider,
        Environment = target.Environment,
        User = target.User,
    };

    /// <summary>A protected target refuses, whatever the settings say.</summary>
    public static DriftTerms Drift(LiveProject live, RunContext run, Protection protection, SafeMigrateSettings settings, bool accepted) => new(
        stop => new DriftReader(live.Project, run.Work, run.Engine, run.Journal) { Seconds = DriftSeconds }.ReadAsync(stop),
        protection.IsOn ? protection.Why : settings.RefusesDrift ? "the settings refuse drift" : null, accepted);
}
