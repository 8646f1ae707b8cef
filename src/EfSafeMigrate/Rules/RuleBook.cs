using System.Collections.Immutable;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>Puts every rule to every change.</summary>
internal static class RuleBook
{
    /// <summary>What is wrong with a waiver cannot be waived.</summary>
    private static readonly string BadWaiver = Rule.IdOf(typeof(BadWaiverRule));

    /// <summary>All rules, ordered by id.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        .. typeof(Rule).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract)
            .Select(type => (Rule)Activator.CreateInstance(type)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>The rule that somebody may have meant; null when none is near.</summary>
    public static string? Nearest(string id) => Near(id).FirstOrDefault();

    /// <summary>The rules that somebody may have meant, the nearest first.</summary>
    public static IEnumerable<string> Near(string id) => Rules.Select(rule => (rule.Id, Distance: NameLikeness.Distance(rule.Id, id.ToLowerInvariant())))
        .Where(each => each.Distance <= Math.Max(3, id.Length / 3)).OrderBy(each => each.Distance).Select(each => each.Id);

    private static readonly HashSet<string> Explaining = [.. Rules.Where(rule => rule.ExplainsRefusal).Select(rule => rule.Id)];
    private static readonly HashSet<string> Surrounding = [.. Rules.Where(rule => rule.SpeaksOfSurroundings).Select(rule => rule.Id)];
    private static readonly HashSet<string> SaidOnce = [.. Rules.Where(rule => rule.SpeaksOfSession).Select(rule => rule.Id)];
    private static readonly string General = Rule.IdOf(typeof(ChangeRefusedRule));

    /// <summary>The findings in the order of the changes.</summary>
    /// <param name="advice">True to hear the rules on design as well.</param>
    public static IReadOnlyList<Finding> Judge(ChangeSet set, Engine engine, FactSheet facts, bool advice = false) =>
        [.. Situations(set, engine, facts).SelectMany(situation => Judge(situation, advice))];

    public static IEnumerable<Situation> Situations(ChangeSet set, Engine engine, FactSheet facts)
    {
        var newTables = ImmutableHashSet<TableName>.Empty;
        var newColumns = ImmutableHashSet<(TableName, string)>.Empty;
        foreach (var migration in set.Migrations)
        {
            var state = migration.Session.Aggregate(facts.StateOf(engine, migration.Source), After);
            var earlier = new List<Situation>();
            foreach (var change in migration.Changes)
            {
                var impact = ImpactOf(change, state, engine);
                var situation = new Situation(
                    change, impact.Alone ?? impact, migration, earlier.Count, state, engine, facts)
                {
                    NewTables = newTables,
                    NewColumns = newColumns,
                    Earlier = new(earlier, 0, earlier.Count),
                    Set = set,
                };
                yield return situation;
                earlier.Add(situation);
                newTables = Created(newTables, change, state.Model);
                newColumns = Added(newColumns, change, state.Model);
                state = After(state, change);
            }
        }
    }

    public static IEnumerable<Finding> Judge(Situation situation, bool advice = false, Policy? policy = null)
    {
        situation = policy is null || policy.Naming.Forms.Count == 0 ? situation : situation with { Naming = policy.Naming };
        var isNew = situation.IsOnNewTable;
        var asked = Rules.Where(rule => (policy ?? Policy.None).Asks(rule, advice) && (rule.SeesNewTables || !isNew) && (situation.Impact.Refused is null || SpeaksOfRefused(rule))).ToList();
        var found = asked.Where(rule => !rule.OnlyWhenSilent).SelectMany(rule => rule.Judge(situation)).ToList();
        if (situation.Impact.Refused is not null && found.Exists(finding => Explaining.Contains(finding.Rule)))
        {
            found.RemoveAll(finding => finding.Rule == General);
        }
        if (!found.Exists(finding => finding.Severity > Severity.Safe && !Surrounding.Contains(finding.Rule)))
        {
            found.AddRange(asked.Where(rule => rule.OnlyWhenSilent).SelectMany(rule => rule.Judge(situation)));
        }
        var waivers = situation.Change.Waivers.Concat(situation.Migration.Waivers).ToArray();
        return waivers.Length == 0 ? found : found.Select(finding => Waived(finding, waivers));
    }

    private static Impact ImpactOf(Change change, ServerState state, Engine engine)
    {
        var impact = engine.ImpactOf(change, state) ?? Impact.NotModelled;
        return TakenName.Is(change, state.Model, engine) ? impact with { Refused = "A name would be there twice." } : impact;
    }

    /// <summary>The rule speaks of the session that carries a text out, whichever of its migrations it stands at.</summary>
    public static bool IsOfSession(Finding finding) => SaidOnce.Contains(finding.Rule);

    private static Finding Waived(Finding finding, IReadOnlyList<Waiver> waivers) =>
        waivers.FirstOrDefault(waiver => waiver is { Stray: false, Reason: not null } && waiver.Rule == finding.Rule && finding.Rule != BadWaiver) is { } waiver
            ? finding with { Waiver = waiver } : finding;

    /// <summary>Work and locks that never happen are not worth a word; that data or a name is to go still is.</summary>
    private static bool SpeaksOfRefused(Rule rule) => rule.ExplainsRefusal || rule.Category is not (Category.Blocking or Category.DataDependent);

    private static ImmutableHashSet<TableName> Created(ImmutableHashSet<TableName> tables, Change change, DatabaseModel model) =>
        change switch
        {
            CreateTable { IfNotExists: true } create when model.Find(create.Table) is not null => tables,
            CreateTable create => tables.Add(create.Table),
            DropTable drop => tables.Except(tables.Where(drop.Table.Matches)),
            RenameTable rename when tables.Any(rename.Table.Matches) =>
                tables.Except(tables.Where(rename.Table.Matches)).Add(rename.NewName),
            _ => tables,
        };

    private static ImmutableHashSet<(TableName Table, string Column)> Added(
        ImmutableHashSet<(TableName Table, string Column)> columns, Change change, DatabaseModel model)
    {
        switch (change)
        {
            case AddColumn { IfNotExists: true } add when model.Find(add.Table)?.Column(add.Column.Name) is not null:
                return columns;
            case AddColumn add:
                return columns.Add((add.Table, add.Column.Name));
            case DropColumn drop:
                return columns.Except(columns.Where(added => added.Column == drop.Name && added.Table.Matches(drop.Table)));
            case RenameColumn rename:
                var moved = columns.Where(added => added.Column == rename.Name && added.Table.Matches(rename.Table)).ToList();
                return columns.Except(moved).Union(moved.Select(added => (added.Table, rename.NewName)));
            case RenameTable rename:
                var followed = columns.Where(added => added.Table.Matches(rename.Table)).ToList();
                return columns.Except(followed).Union(followed.Select(added => (rename.NewName, added.Column)));
            default:
                return columns;
        }
    }

    private static ServerState After(ServerState state, Change change)
    {
        var moved = state.After(change);
        return change is SetSetting setting && setting.Name.Replace(" ", "", StringComparison.Ordinal).Equals("timezone", StringComparison.OrdinalIgnoreCase)
            ? moved with { TimeZone = setting.Value }
            : moved;
    }
}
