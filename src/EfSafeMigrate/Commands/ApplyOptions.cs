using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Everything that can be said to <c>apply</c>.</summary>
internal sealed class ApplyOptions(CommandLineApplication command)
{
    public ProjectOptions Project { get; } = new(command, published: true);
    public DatabaseOptions Database { get; } = new(command);
    public UpdateOptions Update { get; } = new(command);
    public BackfillOptions Backfill { get; } = new(command);
    public ConsentOptions Consent { get; } = new(command);
    public GateOptions Gate { get; } = new(command);
    public WrapOptions Wrap { get; } = new(command);
    public OnFailureOptions OnFailure { get; } = new(command);
    public ReleaseOption Release { get; } = new(command);
    public ProbeOptions Probes { get; } = new(command);
    public OutputOptions Output { get; } = new(command);

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        Update.Check();
        Backfill.Check();
        Consent.Check();
        Wrap.Check(Output.Talk(), Update.PlanOnly);
        OnFailure.Check();
    }
}
