using EfSafeMigrate.Updates.Scratches;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>A rehearsal before a run.</summary>
internal sealed class RehearseFirstOptions(CommandLineApplication command)
{
    private readonly CommandOption rehearse = command.Option("--rehearse", "Rehearse on a scratch database first, and apply only when nothing is wrong.", CommandOptionType.NoValue);
    private readonly ScratchOptions scratch = new(command);

    /// <summary>Null when none is wanted.</summary>
    public ScratchChoice? Read(Talk talk) => rehearse.HasValue() ? scratch.Read(talk)
        : scratch.Given is { } option ? throw new SafeMigrateException($"{option} says how to rehearse, and apply was not asked to.", "add --rehearse")
        : null;
}
