using System.Reflection;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>Turns a case into a change set and has it judged.</summary>
internal static class RuleCaseRun
{
    private const string Suffix = "Cases";

    /// <summary>Every cases class with the rule it belongs to.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<RuleCase>> All { get; } = typeof(RuleCaseRun).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith($"Rule{Suffix}", StringComparison.Ordinal))
        .ToDictionary(
            type => type.Name[..^Suffix.Length],
            type => (IReadOnlyList<RuleCase>)[.. (IEnumerable<RuleCase>)type.GetProperty("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!]);

    public static IReadOnlyList<RuleCase> Of(Rule rule) => All.GetValueOrDefault(rule.GetType().Name, []);

    public static string Label(Rule rule, RuleCase @case) => $"{rule.Id}: {@case.Name}";

    public static (string Id, RuleCase Case) Labelled(string label) =>
        RuleBook.Rules.SelectMany(Of, (rule, @case) => (rule.Id, @case, Label: Label(rule, @case)))
            .Where(each => each.Label == label).Select(each => (each.Id, each.@case)).Single();

    public static IReadOnlyList<(Situation Situation, Finding Finding)> Findings(this RuleCase @case) =>
        Findings(Set(@case), Engine(@case.Engine), Facts(@case), @case.Advice, @case.Policy);

    public static IReadOnlyList<(Situation Situation, Finding Finding)> Findings(ChangeSet set, Engine engine, FactSheet facts, bool advice = false, Policy? policy = null) =>
    [
        .. from situation in RuleBook.Situations(set, engine, facts)
           from finding in RuleBook.Judge(situation, advice, policy)
           select (situation, finding),
    ];

    public static ChangeSet Set(RuleCase @case)
    {
        var model = Source(@case);
        return @case.Operations.Count > 0
            ? new([new("20260101000000_Case", model, Named(@case.Operations, "20260101000000_Case")) { NoWayBack = @case.NoWayBack }])
            : new([.. Set(@case.Sql.Select(sql => (sql, @case.InTransaction)), @case.Engine, model, @case.Verbatim, @case.Migration).Migrations.Select(migration => migration with { IsScript = @case.Script, NoWayBack = @case.NoWayBack })]);
    }

    /// <summary>The schema before the case.</summary>
    public static DatabaseModel Source(RuleCase @case) =>
        Read(Shop.SchemaOn(@case.Engine) + @case.Setup, @case.Engine, DatabaseModel.Empty).Aggregate(DatabaseModel.Empty, Evolution.After);

    /// <param name="verbatim">False when the semicolon that the SQL does not end with is not meant.</param>
    public static ChangeSet Set(IEnumerable<(string Sql, bool InTransaction)> migrations, string engine, DatabaseModel model, bool verbatim = false, string name = "")
    {
        var read = new List<MigrationChanges>();
        foreach (var (sql, inTransaction) in migrations)
        {
            var id = $"2026010100000{read.Count}_{(read.Count == 0 && name.Length > 0 ? name : $"Case{read.Count + 1}")}";
            var changes = StatementReader.Read(sql, SqlDialect.Of(engine), model)
                .Select((change, at) => change with { Origin = new(id, at, "Sql"), InTransaction = inTransaction, Unterminated = verbatim && change.Unterminated })
                .ToList();
            read.Add(new(id, model, changes));
            model = changes.Aggregate(model, Evolution.After);
        }
        return new(read);
    }

    public static Engine Engine(string id) => EngineBook.All.Single(engine => engine.Id == id);

    public static FactSheet Facts(RuleCase @case) => new(Version(@case))
    {
        Edition = @case.Edition,
        Tables = @case.Rows is { } rows
            ? new Dictionary<TableName, TableFacts>
            {
                [Shop.OrdersTable] = new(
                    Measured.Of(rows), @case.Bytes is { } bytes ? Measured.Of(bytes) : Measured<long>.Unknown, Measured<long>.Unknown),
            }
            : [],
        Probes = @case.Probes,
    };

    public static IReadOnlyList<Change> Read(string sql, string engine, DatabaseModel model) =>
        [.. StatementReader.Read(sql, SqlDialect.Of(engine), model).Select(change => change with { Unterminated = false })];

    private static Measured<EngineVersion> Version(RuleCase @case) =>
        EngineVersion.TryParse(@case.Version, out var version) ? Measured.Of(version) : Measured<EngineVersion>.Unknown;

    private static IReadOnlyList<Change> Named(IReadOnlyList<Change> operations, string migration) =>
        [.. operations.Select((change, at) => change with { Origin = new(migration, at, change.GetType().Name) })];
}
