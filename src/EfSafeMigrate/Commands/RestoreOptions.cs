using EfSafeMigrate.Engines;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>What may be lost by a restore, and to whom things belong afterwards.</summary>
internal sealed class RestoreOptions(CommandLineApplication command)
{
    private readonly CommandArgument folder = command.Argument("DIR", "The folder of the backup.").IsRequired();
    private readonly CommandOption confirm = command.Option("--confirm <NAME>", "The name of the database whose contents may be lost, where nobody can be asked.", CommandOptionType.SingleValue);
    private readonly CommandOption yes = command.Option("-y|--yes", "Yes to the question at a terminal, where the database is empty and not protected.", CommandOptionType.NoValue);
    private readonly CommandOption noOwner = command.Option("--no-owner", "Everything belongs to whoever restores it; rights of others are left out.", CommandOptionType.NoValue);

    public string Folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Value!));

    public RestoreTerms Terms => new(confirm.Value(), yes.HasValue());

    public RestoreManner Manner => noOwner.HasValue() ? RestoreManner.WithoutOwners : RestoreManner.AsItWas;
}

/// <summary>What a caller says of a restore instead of being asked.</summary>
/// <param name="Confirmed">The name of the database whose contents may be lost.</param>
internal sealed record RestoreTerms(string? Confirmed, bool Yes);
