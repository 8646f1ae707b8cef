namespace EfSafeMigrate.Updates;

/// <summary>When a hook is called; in the settings and on its standard input as <c>before-run</c> and so on.</summary>
internal enum HookEvent
{
    BeforeRun,

    /// <summary>Whatever the outcome, once the run began.</summary>
    AfterRun,
    BeforePhase,
    AfterPhase,
    BeforeMigration,
    AfterMigration,
    OnSuccess,
    OnFailure,
}

/// <summary>Commands of the settings.</summary>
/// <param name="Commands">By the name of the event.</param>
/// <param name="Timeout">A command that lasts longer is killed with its children.</param>
/// <param name="Notify">Told of every event; what becomes of it does not matter to the run.</param>
internal sealed record HookCommands(IReadOnlyDictionary<string, string> Commands, TimeSpan Timeout, string? Notify)
{
    public static readonly HookCommands None = new(new Dictionary<string, string>(), TimeSpan.FromSeconds(60), null);
}
