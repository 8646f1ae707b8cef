using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Commands;

/// <summary>What <c>add</c> and <c>rewrite</c> start from: the described change with the schema on both its sides.</summary>
internal sealed record DescribedChange(MigrationChanges Changes, DatabaseModel Target)
{
    /// <param name="migration">Null for the pending model changes.</param>
    /// <param name="since">The migration behind which changes are pending, empty for none at all; null for the snapshot.</param>
    /// <returns>Null when the model has no pending changes.</returns>
    public static async Task<DescribedChange?> ReadAsync(LoadedProject project, Engine engine, string? migration, CancellationToken cancellation, string? since = null)
    {
        var request = new DescribeRequest(migration is null ? [] : [migration], PendingModel: migration is null) { WithTarget = true, PendingSince = since };
        var described = await project.AskAsync(request, ProtocolJson.Default.DescribeResult, cancellation);
        var changes = new ChangeReader(new SourceLocations(project.Directory), SqlDialect.Of(engine.Id)).Read(described);
        var message = migration is null ? described.PendingModel : described.Migrations[0];
        return message is null ? null : new DescribedChange(changes.Migrations[0], message.Target!);
    }
}
