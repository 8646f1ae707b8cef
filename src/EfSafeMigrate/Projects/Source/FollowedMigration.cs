using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects.Source;

/// <summary>A migration on the schema in front of it: what its provider would write, and the schema behind it.</summary>
internal sealed class FollowedMigration
{
    private readonly Engine engine;
    private readonly List<CommandMessage> commands = [];

    public FollowedMigration(ReadMigration read, DatabaseModel source, Engine engine, SqlDialect dialect)
    {
        this.engine = engine;
        var model = source;
        var modelled = source;
        List<Change> earlier = [];
        for (var index = 0; index < read.Nodes.Count; index++)
        {
            var change = OperationReader.Read(read.Operations[index], model);
            MeetsStrangers |= change is TableChange { Table: var table } and not CreateTable && source.Find(table) is null && !earlier.Any(each => each is CreateTable create && create.Table.Matches(table) || each is RenameTable rename && rename.NewName.Matches(table));
            var own = CommandsOf(read.Nodes[index], read.Operations[index], change, model, earlier, index);
            commands.AddRange(own);
            var carried = ChangeReader.Carried(read.Operations[index], own, model, dialect);
            model = carried.Aggregate(model, Evolution.After);
            if (change is OpaqueSql)
            {
                SqlChangesTables |= Differ(modelled, carried.Aggregate(modelled, Evolution.After));
            }
            else
            {
                modelled = carried.Aggregate(modelled, Evolution.After);
            }
            if (change is AddColumn { Column.Default.Constant: true } or AlterColumn { New.Default.Constant: true })
            {
                Filled.Add((change.Target!, change.TargetColumn!));
            }
            earlier.Add(change);
        }
        After = SqlChangesTables ? model : modelled;
    }

    public IReadOnlyList<CommandMessage> Commands => commands;

    /// <summary>Columns with a default in the operation, which is the model's or only there for the rows of today.</summary>
    public List<(TableName Table, string Column)> Filled { get; } = [];

    /// <summary>The schema that EF has in mind, which does not see what SQL does; where SQL changes tables it says so.</summary>
    public DatabaseModel After { get; }

    public bool SqlChangesTables { get; }

    /// <summary>An operation is about a table that nobody has made.</summary>
    public bool MeetsStrangers { get; }

    private List<CommandMessage> CommandsOf(OperationNode node, JsonElement operation, Change change, DatabaseModel model, List<Change> earlier, int index)
    {
        if (change is OpaqueSql raw)
        {
            return [new(raw.Sql, node.Arguments.GetValueOrDefault("suppressTransaction") is true, [index])];
        }
        if (change is UnreadOperation)
        {
            return [];
        }
        if (change is UpdateData update)
        {
            return [new(RowSql.Of(node, update, model, engine), false, [index])];
        }
        var written = engine.Provider.Commands(new EfOperation(change, model)
        {
            Annotations = Plain(node.Annotations),
            OldAnnotations = Plain(node.OldAnnotations),
            Descending = node.Arguments.GetValueOrDefault("descending") is Items flags ? [.. flags.Values.Select(flag => flag is true)] : [],
            Comment = node.Said("comment"),
            OldComment = node.Said("oldComment"),
            Earlier = earlier,
        });
        return [.. written.Select(command => new CommandMessage(command.Sql, command.Suppressed, [index]))];
    }

    private static Dictionary<string, object?> Plain(Dictionary<string, object?> annotations) => annotations.ToDictionary(
        annotation => annotation.Key,
        annotation => annotation.Value switch
        {
            Items items => items.Values.Select(value => (value as MemberName)?.Name ?? Arithmetic.Text(value) ?? "").ToArray(),
            MemberName member => member.Name,
            Unread => null,
            var other => other,
        });

    private static bool Differ(DatabaseModel before, DatabaseModel after) =>
        !before.Tables.Where(IsTable).SequenceEqual(after.Tables.Where(IsTable), ReferenceEqualityComparer.Instance);

    private static bool IsTable(Table table) => table.Kind is TableKind.Table or TableKind.Partitioned;
}
