using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Projects;

/// <summary>Turns the agent's description into changes, each with its place in the source.</summary>
internal sealed class ChangeReader(SourceLocations locations)
{
    public ChangeSet Read(DescribeResult described) =>
        new([.. described.Migrations.Select(message => Read(message, message.Id)),
            .. described.PendingModel is { } pending ? [Read(pending, Origin.PendingModel)] : Array.Empty<MigrationChanges>()]);

    private MigrationChanges Read(MigrationMessage message, string id)
    {
        var names = message.Operations.Select(OperationReader.NameOf).ToArray();
        var (file, lines) = id == Origin.PendingModel ? (null, new int?[names.Length]) : locations.Of(id, names);
        var model = message.Source;
        List<Change> changes = [];
        for (var index = 0; index < names.Length; index++)
        {
            var origin = new Origin(id, index, names[index]) { File = file, Line = lines[index] };
            var commands = message.Commands.Where(command => command.Operations.Contains(index)).ToArray();
            foreach (var read in OperationReader.Read(message.Operations[index], model))
            {
                var change = read with { Origin = origin, InTransaction = !commands.Any(command => command.Suppressed) };
                changes.Add(change);
                model = model.After(change);
            }
        }
        return new MigrationChanges(id, message.Source, changes)
        {
            Commands = [.. message.Commands.Select(command => new Command(command.Sql, command.Suppressed, command.Operations))],
        };
    }
}
