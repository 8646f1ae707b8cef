using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using SqlDialect = EfSafeMigrate.Sql.SqlDialect;

namespace EfSafeMigrate.Plans;

/// <summary>Puts a plan to the same rules as any migration.</summary>
internal static class PlanReview
{
    /// <summary>What each migration of the plan does, oldest first.</summary>
    public static IReadOnlyList<MigrationChanges> Changes(this Plan plan, Engine engine)
    {
        var reader = new StepChanges(engine, SqlDialect.Of(engine.Id));
        var model = plan.Source;
        List<MigrationChanges> all = [];
        foreach (var migration in plan.Migrations)
        {
            var id = $"{plan.Name}{migration.Suffix}";
            var changes = reader.Of(migration.Up, model).Select(change => change with { Origin = change.Origin with { Migration = id } }).ToList();
            all.Add(new(id, model, changes));
            model = changes.Aggregate(model, Evolution.After);
        }
        return all;
    }

    public static IReadOnlyList<Finding> Findings(this Plan plan, Engine engine, EngineVersion version) =>
        RuleBook.Judge(new(plan.Changes(engine)), engine, new(Measured.Of(version)));

    /// <exception cref="SafeMigrateException">A phase that the running release has to survive would stop it.</exception>
    public static void Refuse(Plan plan, Engine engine, EngineVersion version)
    {
        var contract = plan.Migrations.Where(migration => migration.Kind == PhaseKind.Contract).Select(migration => $"{plan.Name}{migration.Suffix}").ToHashSet();
        var dangerous = plan.Findings(engine, version)
            .Where(finding => finding.Severity == Severity.Dangerous && !contract.Contains(finding.Origin.Migration))
            .ToList();
        if (dangerous.Count > 0)
        {
            throw PlanErrors.Dangerous(plan.Name, dangerous);
        }
    }
}
