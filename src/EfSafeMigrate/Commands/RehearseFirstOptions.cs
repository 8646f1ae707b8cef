using EfSafeMigrate.Updates.Scratches;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>A rehearsal before a run.</summary>
internal sealed class RehearseFirstOptions(CommandLineApplication command)
{
    private readonly CommandOption rehearse = command.Option("--rehearse", "Rehearse on a scratch database first, and apply only when nothing is wrong.", CommandOptionType.NoValue);
    private readonly ScratchOptions scratch = new(command);

    /// <summary>Where the rehearsal is, once <see cref="Check"/> has passed; null when none is wanted.</summary>
    public ScratchChoice? Choice { get; private set; }

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check(Talk talk, bool planOnly)
    {
        if (rehearse.HasValue() && planOnly)
        {
            throw new SafeMigrateException("--rehearse and --plan-only exclude each other.", "dotnet safe-migrate rehearse   tries the migrations and applies nothing");
        }
        if (!rehearse.HasValue() && scratch.Given is { } option)
        {
            throw new SafeMigrateException($"{option} says how to rehearse, and apply was not asked to.", "add --rehearse");
        }
        Choice = rehearse.HasValue() ? scratch.Read(talk) : null;
    }
}
