using System.Text.Json;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects;

/// <summary>Turns the agent's description into changes, each with its place in the source.</summary>
internal sealed partial class ChangeReader(Func<MigrationMessage, IReadOnlyList<string>, SourcePlaces> placesOf, SqlDialect dialect)
{
    public ChangeReader(SourceLocations locations, SqlDialect dialect) : this((message, names) => locations.Of(message.Id, message.TypeName, names), dialect) { }

    /// <summary>Where nobody is told on which line a change stands.</summary>
    public static ChangeReader WithoutSources(SqlDialect dialect) => new((_, names) => SourcePlaces.None(names.Count), dialect);

    public ChangeSet Read(DescribeResult described) =>
        new([.. described.Migrations.Select(message => Read(message, message.Id)),
            .. described.PendingModel is { } pending ? [Read(pending, Origin.PendingModel)] : Array.Empty<MigrationChanges>()]);

    private MigrationChanges Read(MigrationMessage message, string id)
    {
        var names = message.Operations.Select(OperationReader.NameOf).ToArray();
        var places = id == Origin.PendingModel ? SourcePlaces.None(names.Length) : placesOf(message, names);
        var source = message.Source ?? DatabaseModel.Empty;
        var model = source;
        List<Change> changes = [];
        for (var index = 0; index < names.Length; index++)
        {
            var place = places.Calls[index];
            var origin = new Origin(id, index, names[index]) { File = place?.File ?? places.File, Line = place?.Line, Column = place?.Column };
            var commands = message.Commands.Where(command => command.Operations.Contains(index)).ToArray();
            var suppressed = commands.Any(command => command.Suppressed);
            foreach (var change in Carried(message.Operations[index], commands, model, dialect))
            {
                var placed = change with
                {
                    Origin = origin with { Emitted = change.Origin.Emitted },
                    InTransaction = !suppressed,
                    Waivers = [.. change.Waivers.Select(waiver => waiver with { File = origin.File, Line = origin.Line }), .. place?.Waivers ?? []],
                };
                changes.Add(placed);
                model = model.After(placed);
            }
        }
        return new MigrationChanges(id, source, changes)
        {
            Phase = message.Operations.Select(operation => Annotation(operation, PhaseMark.Annotation, SpecJson.Default.PhaseMark)).FirstOrDefault(mark => mark is not null),
            Backfills = message.Operations
                .Select((operation, index) => (Index: index, Spec: Annotation(operation, BackfillSpec.Annotation, SpecJson.Default.BackfillSpec)))
                .Where(each => each.Spec is not null)
                .ToDictionary(each => each.Index, each => each.Spec!),
            History = message.History,
            NoWayBack = message.NoWayBack,
            DownTo = message.DownTo,
            Waivers = places.Waivers,
            Commands = [.. message.Commands.Select(command => new Command(command.Sql, command.Suppressed, command.Operations))],
        };
    }

    /// <summary>What an annotation of ours says; null where there is none, or somebody edited it into something else.</summary>
    private static T? Annotation<T>(JsonElement operation, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (!operation.TryGetProperty("annotations", out var annotations) || !annotations.TryGetProperty(name, out var text) || text.GetString() is not { } json)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
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
                [create with { Concurrently = written.Concurrently, Demanded = written.Demanded, Index = IndexOf(create.Index, written.Index) }],
            AddPrimaryKey add when emitted is [AddPrimaryKey written] => [add with { Demanded = written.Demanded, Key = add.Key with { Clustered = written.Key.Clustered } }],
            AddUniqueConstraint add when emitted is [AddUniqueConstraint written] => [add with { Demanded = written.Demanded, Key = add.Key with { Clustered = written.Key.Clustered } }],
            AddColumn add when emitted.OfType<AddColumn>().FirstOrDefault(written => written.Column.Name == add.Column.Name) is { } written =>
                [add with { Column = ColumnOf(add.Column, written.Column) }],
            // A provider that copies the table writes the copy; the engine knows what that costs.
            AlterTable or AlterDatabase when !emitted.OfType<CreateTable>().Any() => [.. emitted.Select(Emitted), change],
            // The provider takes the number away before the key goes, and gives it back behind the new one.
            DropPrimaryKey => [.. emitted.OfType<AlterColumn>().Select(Emitted), change],
            AddPrimaryKey => [change, .. emitted.OfType<AlterColumn>().Select(Emitted)],
            // By a key that is NULL it is one statement over all the rows that have none.
            UpdateData when emitted.OfType<UpdateRows>().ToArray() is [{ Where: { } where } rows] && where.Contains("IS NULL", StringComparison.OrdinalIgnoreCase) && !where.Contains('=', StringComparison.Ordinal) => [rows],
            UpdateData update => [update with
            {
                Keys = [.. emitted.OfType<UpdateRows>().Select(row => row.Where).OfType<string>()],
                HoldsClock = commands.Any(command => command.Operations.Count == 1 && Clock().IsMatch(command.Sql)),
            }],
            AlterColumn alter when emitted.OfType<AlterColumn>().ToArray() is [{ Clause: "MODIFY" or "CHANGE" } restated] =>
                [.. emitted.OfType<UpdateRows>().Select(Emitted), alter with { New = alter.New with { Charset = restated.New.Charset ?? alter.New.Charset, Identity = restated.New.Identity } }],
            AlterColumn =>
            [
                .. emitted.OfType<UpdateRows>().Select(Emitted), .. Replaced(emitted), .. Rebuilt(emitted).Select(index => Emitted(new DropIndex(change.Target, index.Index.Name))),
                change, .. Rebuilt(emitted).Select(Emitted),
            ],
            _ => [change],
        };
    }

    private static Changes.Index IndexOf(Changes.Index asked, Changes.Index written) =>
        written.Columns.SequenceEqual(asked.Columns)
            ? written with { Name = asked.Name }
            : asked with { Method = written.Method, Definition = written.Definition };

    /// <summary>Identity, serial and generated columns are annotations to EF; a value that the model gave stays one.</summary>
    private static Column ColumnOf(Column asked, Column written) => asked with
    {
        Identity = written.Identity,
        ComputedSql = written.ComputedSql ?? asked.ComputedSql,
        Stored = written.Stored,
        Default = asked.Default is { Constant: true } ? asked.Default : written.Default ?? asked.Default,
    };

    /// <summary>A computed column that the provider drops and adds again.</summary>
    private static IEnumerable<Change> Replaced(IReadOnlyList<Change> emitted) =>
        emitted.OfType<DropColumn>().Any() && emitted.OfType<AddColumn>().Any()
            ? emitted.Where(change => change is DropColumn or AddColumn).Select(Emitted)
            : [];

    /// <summary>Indexes of the column that the provider drops and creates again around the change.</summary>
    private static IEnumerable<CreateIndex> Rebuilt(IReadOnlyList<Change> emitted) =>
        emitted.OfType<CreateIndex>().Where(create => emitted.OfType<DropIndex>().Any(drop => drop.Name == create.Index.Name));

    private static Change Emitted(Change change) => change with { Origin = Origin.None with { Emitted = true } };

    [GeneratedRegex(@"'\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{4,}")]
    private static partial Regex Clock();
}
