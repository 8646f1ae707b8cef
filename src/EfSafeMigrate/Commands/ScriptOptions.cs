using EfSafeMigrate.Plans;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Everything that can be said to <c>script</c>.</summary>
internal sealed class ScriptOptions(CommandLineApplication command)
{
    private const string DefaultFolder = "scripts";

    private readonly CommandOption from = command.Option("--from <MIGRATION>", "Migrations after this one, which the database has to have. Default: 0, the beginning.", CommandOptionType.SingleValue);
    private readonly CommandOption to = command.Option("--to <MIGRATION>", "Migrations up to and including this one.", CommandOptionType.SingleValue);
    private readonly CommandOption until = command.Option("--until <PHASE>", "expand, backfill, constrain or contract: up to and with this phase. Default: contract.", CommandOptionType.SingleValue).Among(UpdateOptions.PhaseNames);
    private readonly CommandOption output = command.Option("-o|--output <DIR>", $"Folder for the files. Default: {DefaultFolder}.", CommandOptionType.SingleValue);
    private readonly CommandOption idempotent = command.Option("-i|--idempotent", "Accepted as in dotnet ef: every file asks the history before each migration.", CommandOptionType.NoValue);

    public ProjectOptions Project { get; } = new(command);

    public DatabaseOptions Database { get; } = new(command);

    public OutputOptions Output { get; } = new(command);

    public PhaseKind Until => UpdateOptions.PhaseOf(until.Value()) ?? PhaseKind.Contract;

    /// <summary>The whole path.</summary>
    public string Folder => Path.GetFullPath(output.Value() ?? DefaultFolder);

    /// <param name="ids">All ids, oldest first.</param>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> ids) => MigrationOptions.Between(ids, from.Value(), to.Value());

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        _ = (Until, idempotent);
        if (Database.Wanted && (from.HasValue() || to.HasValue()))
        {
            throw new SafeMigrateException("--from and --to exclude a connection.", "leave them out to write what the connected database lacks, or leave out the connection");
        }
        if (File.Exists(Folder))
        {
            throw new SafeMigrateException($"`{Folder}` is a file.", "give -o a folder; there may be several files");
        }
    }
}
