using System.Text.Json;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects;

/// <summary>
/// The schema before each migration of a run, as EF's models have it. EF needs long to build a model, so the first stands and the operations are followed
/// from there; then the last is compared with EF's. Where the two have parted, somebody edited a migration by hand: the place is found by halving the run, and
/// EF's model stands from there on.
/// </summary>
internal sealed class SourceModels
{
    private readonly IReadOnlyList<MigrationMessage> run;
    private readonly SqlDialect dialect;
    private readonly Func<string, Task<DatabaseModel>> ask;
    private readonly Dictionary<string, DatabaseModel> known = [];
    private readonly DatabaseModel[] sources;

    private SourceModels(IReadOnlyList<MigrationMessage> run, SqlDialect dialect, Func<string, Task<DatabaseModel>> ask)
    {
        (this.run, this.dialect, this.ask) = (run, dialect, ask);
        sources = new DatabaseModel[run.Count];
        sources[0] = run[0].Source ?? DatabaseModel.Empty;
    }

    /// <param name="ask">EF's model after a migration.</param>
    public static async Task<DescribeResult> CompleteAsync(DescribeResult described, SqlDialect dialect, Func<string, Task<DatabaseModel>> ask)
    {
        List<MigrationMessage> complete = [];
        var built = described.ModelsBuilt;
        for (var at = 0; at < described.Migrations.Count;)
        {
            MigrationMessage[] run = [described.Migrations[at], .. described.Migrations.Skip(at + 1).TakeWhile(message => message.Source is null)];
            var models = new SourceModels(run, dialect, ask);
            complete.AddRange(await models.CompleteAsync());
            built += models.known.Count;
            at += run.Length;
        }
        return described with { Migrations = complete, ModelsBuilt = built };
    }

    private async Task<IEnumerable<MigrationMessage>> CompleteAsync()
    {
        var from = 0;
        foreach (var at in Doubtful().Append(run.Count - 1))
        {
            await ProveAsync(from, at);
            from = at;
        }
        return run.Select((message, at) => message with { Source = sources[at] });
    }

    /// <param name="from">Its source is EF's.</param>
    private async Task ProveAsync(int from, int to)
    {
        if (to <= from)
        {
            return;
        }
        for (var at = from; at < to; at++)
        {
            sources[at + 1] = After(run[at], sources[at]);
        }
        var real = await AskAsync(run[to - 1].Id);
        if (to > from + 1 && !SchemaText.Of(real).Equals(SchemaText.Of(sources[to]), StringComparison.Ordinal))
        {
            var middle = (from + to) / 2;
            await ProveAsync(from, middle);
            await ProveAsync(middle, to);
        }
        sources[to] = real;
    }

    private async Task<DatabaseModel> AskAsync(string id) => known.TryGetValue(id, out var model) ? model : known[id] = await ask(id);

    /// <summary>
    /// Behind each column that is added with a default and goes again: whether the default was the model's own, or only for the rows that were there, shows nowhere
    /// later.
    /// </summary>
    private IEnumerable<int> Doubtful()
    {
        var dropped = new HashSet<string>();
        List<int> found = [];
        for (var at = run.Count - 1; at >= 0; at--)
        {
            foreach (var operation in run[at].Operations)
            {
                var (table, name) = (Text(operation, "table"), Text(operation, "name"));
                if (OperationReader.NameOf(operation) == "DropColumn")
                {
                    dropped.Add($"{table}.{name}");
                }
                else if (OperationReader.NameOf(operation) == "AddColumn" && operation.TryGetProperty("defaultSql", out _) && dropped.Contains($"{table}.{name}") && at + 1 < run.Count)
                {
                    found.Add(at + 1);
                }
            }
        }
        return found.Distinct().Order();
    }

    /// <summary>What EF's differ sees: raw SQL changes the database and not the model.</summary>
    private DatabaseModel After(MigrationMessage message, DatabaseModel model)
    {
        for (var index = 0; index < message.Operations.Count; index++)
        {
            var operation = message.Operations[index];
            IReadOnlyList<Change> changes = OperationReader.NameOf(operation) switch
            {
                "Sql" => [],
                "AlterDatabase" or "CreateIndex" => [.. ChangeReader.Carried(operation, [.. message.Commands.Where(command => command.Operations.Contains(index))], model, dialect).Select(AsModelled)],
                _ => [WithoutScaffolded(OperationReader.Read(operation, model), operation)],
            };
            model = changes.Aggregate(model, (before, change) => before.After(change));
        }
        return model;
    }

    private static Change AsModelled(Change change) => change is CreateIndex create ? create with { Index = create.Index with { Definition = null } } : change;

    /// <summary>EF writes a value for the rows that are there where a required column has no default; the model knows nothing of it.</summary>
    private static Change WithoutScaffolded(Change change, JsonElement operation) => !IsScaffolded(operation) ? change : change switch
    {
        AddColumn { Column: { Nullable: false, Default.Constant: true } column } add => add with { Column = column with { Default = null } },
        AlterColumn { New: { Nullable: false, Default.Constant: true } column } alter => alter with { New = column with { Default = null } },
        _ => change,
    };

    private static bool IsScaffolded(JsonElement operation) => operation.TryGetProperty("defaultValue", out var value) && value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetInt64(out var number) && number == 0,
        JsonValueKind.String => value.GetString()!.All(letter => letter is '0' or '-' or '.' or ':' or '+' or ' ') || value.GetString()!.StartsWith("01/01/0001", StringComparison.Ordinal),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
