using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects;

/// <summary>Turns the agent's description into changes, each with its place in the source.</summary>
internal sealed class ChangeReader(SourceLocations locations, SqlDialect dialect)
{
    public ChangeSet Read(DescribeResult described) =>
        new([.. described.Migrations.Select(message => Read(message, message.Id)),
            .. described.PendingModel is { } pending ? [Read(pending, Origin.PendingModel)] : Array.Empty<MigrationChanges>()]);

    private MigrationChanges Read(MigrationMessage message, string id)
    {
        var names = message.Operations.Select(OperationReader.NameOf).ToArray();
        var (file, lines) = id == Origin.PendingModel ? (null, new int?[names.Length]) : locations.Of(id, message.TypeName, names);
        var model = message.Source;
        List<Change> changes = [];
        for (var index = 0; index < names.Length; index++)
        {
            var origin = new Origin(id, index, names[index]) { File = file, Line = lines[index] };
            var commands = message.Commands.Where(command => command.Operations.Contains(index)).ToArray();
            var suppressed = commands.Any(command => command.Suppressed);
            foreach (var change in Carried(message.Operations[index], commands, model, dialect))
            {
                var placed = change with { Origin = origin with { Emitted = change.Origin.Emitted }, InTransaction = !suppressed };
                changes.Add(placed);
                model = model.After(placed);
            }
        }
        return new MigrationChanges(id, message.Source, changes)
        {
            Commands = [.. message.Commands.Select(command => new Command(command.Sql, command.Suppressed, command.Operations))],
        };
    }

    /// <summary>The operation as the provider carries it out: raw SQL is read, and what is emitted beyond the operation is added.</summary>
    public static IReadOnlyList<Change> Carried(JsonElement operation, IReadOnlyList<CommandMessage> commands, DatabaseModel model, SqlDialect dialect)
    {
        var change = OperationReader.Read(operation, model);
        if (change is OpaqueSql raw)
        {
            return StatementReader.Read(raw.Sql, dialect, model);
        }
        var emitted = commands.Where(command => command.Operations.Count == 1)
            .SelectMany(command => StatementReader.Read(command.Sql, dialect, model))
            .ToArray();
        return change switch
        {
            // The provider's annotations (concurrently, a method, an expression) are in its SQL.
            CreateIndex create when emitted is [CreateIndex written] =>
                [create with { Concurrently = written.Concurrently, Index = create.Index with { Method = written.Index.Method } }],
            AlterColumn => [.. emitted.OfType<UpdateRows>().Select(Emitted), .. Replaced(emitted), change],
            _ => [change],
        };
    }

    /// <summary>A computed column that the provider drops and adds again.</summary>
    private static IEnumerable<Change> Replaced(IReadOnlyList<Change> emitted) =>
        emitted.OfType<DropColumn>().Any() && emitted.OfType<AddColumn>().Any()
            ? emitted.Where(change => change is DropColumn or AddColumn).Select(Emitted)
            : [];

    private static Change Emitted(Change change) => change with { Origin = Origin.None with { Emitted = true } };
}
