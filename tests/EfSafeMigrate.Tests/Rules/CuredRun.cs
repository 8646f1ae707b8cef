using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>A deployment as a review sees it: on the model of the release that runs when it begins.</summary>
internal sealed record CuredReview(Deployment Deployment, DatabaseModel Running, ChangeSet Set, DatabaseModel Next, FactSheet Facts);

/// <summary>Turns the deployments of a cured form into what is reviewed, one after the other.</summary>
internal static class CuredRun
{
    public static IReadOnlyList<CuredReview> Reviews(this CuredForm form, RuleCase @case)
    {
        var model = RuleCaseRun.Source(@case);
        List<CuredReview> all = [];
        foreach (var deployment in form.Deployments)
        {
            var (set, after) = Read(deployment, @case.Engine, model);
            var next = deployment.Unmapped.Aggregate(RuleCaseRun.Read(deployment.Ahead, @case.Engine, after).Aggregate(after, Evolution.After), Without);
            all.Add(new(deployment, model, set, next, Facts(@case, deployment)));
            model = next;
        }
        return all;
    }

    public static IReadOnlyList<(Situation Situation, Finding Finding)> Findings(this CuredReview review, string engine, bool advice = false, Policy? policy = null) =>
        RuleCaseRun.Findings(review.Set, RuleCaseRun.Engine(engine), review.Facts, advice, policy);

    private static (ChangeSet Set, DatabaseModel After) Read(Deployment deployment, string engine, DatabaseModel model)
    {
        List<MigrationChanges> read = [];
        foreach (var migration in deployment.Migrations)
        {
            var id = $"2026020100000{read.Count}_Cured{read.Count + 1}";
            var source = model;
            List<Change> changes = [];
            foreach (var (part, at) in migration.Parts.Select((part, at) => (part, at)))
            {
                var of = part.Sql is { } sql ? RuleCaseRun.Read(sql, engine, model) : [part.Operation!];
                var name = part.Operation?.GetType().Name ?? "Sql";
                var placed = of.Select(change => change with { Origin = new(id, at, name), InTransaction = migration.InTransaction && change.InTransaction }).ToList();
                changes.AddRange(placed);
                model = placed.Aggregate(model, Evolution.After);
            }
            read.Add(new(id, source, changes) { Phase = migration.Phased ? new("case", "expand") : null });
        }
        return (new(read), model);
    }

    /// <summary>What was said of the rows before holds until the data was looked at again.</summary>
    private static FactSheet Facts(RuleCase @case, Deployment deployment)
    {
        var facts = RuleCaseRun.Facts(@case);
        var kept = facts.Probes.Where(old => !deployment.Probes.Any(probe => probe.Kind == old.Kind && probe.Columns.SequenceEqual(old.Columns)));
        return facts with { Probes = [.. kept, .. deployment.Probes], NoTraffic = deployment.NoTraffic };
    }

    private static DatabaseModel Without(DatabaseModel model, string name)
    {
        var parts = name.Split('.');
        var table = model.Tables.Single(each => each.Name.ToString() == name || (parts.Length > 1 && each.Name.ToString() == string.Join('.', parts[..^1])));
        if (table.Name.ToString() == name)
        {
            return model with { Tables = [.. model.Tables.Where(each => each != table)] };
        }
        table.Column(parts[^1]).ShouldNotBeNull($"{name} is not mapped");
        return model.After(new DropColumn(table.Name, parts[^1]));
    }
}
