using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>The option groups that <c>add</c> and <c>rewrite</c> share.</summary>
internal sealed class PhaseCommandOptions(CommandLineApplication command)
{
    public ProjectOptions Project { get; } = new(command);

    public PlanOptions Plan { get; } = new(command);

    public FactOptions Facts { get; } = new(command);

    public OutputOptions Output { get; } = new(command);
}
