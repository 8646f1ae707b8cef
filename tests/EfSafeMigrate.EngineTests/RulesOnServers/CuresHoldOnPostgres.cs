using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>The statements a finding offers are run instead of the change, and nobody waits for more than the catalogue.</summary>
public class CuresHoldOnPostgres(PostgresTemplate template) : IClassFixture<PostgresTemplate>
{
    /// <summary>One case for each different cure.</summary>
    public static TheoryData<string> Cases =>
    [
        .. (from rule in RuleBook.Rules
            from @case in RuleCaseRun.Of(rule)
            where @case is { Engine: RuleCase.Postgres, Expected: not null } && !EveryRuleIsProvedOnAServer.NotSeen.Contains(rule.Id)
            let cures = @case.Findings().Where(found => found.Finding.Rule == rule.Id).SelectMany(found => found.Finding.Cure.Migrations).SelectMany(migration => migration.Sql)
            where cures.Any()
            select (Label: RuleCaseRun.Label(rule, @case), Key: string.Join('\n', cures.Prepend(@case.Setup))))
        .DistinctBy(each => each.Key).Select(each => each.Label),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void Without_anybody_waiting(string label)
    {
        var (id, @case) = RuleCaseRun.Labelled(label);
        var steps = Step.Of(@case, template.Version);
        var cured = steps.SelectMany(step => step.Situations).SelectMany(situation => RuleBook.Judge(situation, @case.Advice).Where(finding => finding.Rule == id), (situation, finding) => (situation, finding))
            .First(each => each.finding.Cure.Migrations.Count > 0);
        using var copy = template.Copy(@case.Setup);
        foreach (var sql in steps.TakeWhile(step => !step.Situations.Contains(cured.situation)).SelectMany(step => step.Sql))
        {
            copy.Migration.Run(sql);
        }

        var watched = PostgresRun.Of(copy, Cure(cured.finding.Cure, cured.situation.Before));

        watched.ShouldAllBe(step => step.Failure == null);
        watched.Where(step => step.Did(Work.Scan | Work.IndexBuild | Work.Rewrite, Verbs.Insert)).ShouldBeEmpty();
        // Of a table that nobody described the tool cannot see that a step proves the next one.
        if (cured.situation.Change.Target is { } target && cured.situation.Before.Find(target) is not null)
        {
            watched.SelectMany(step => Prediction.Differences(step, copy)).ShouldBeEmpty();
        }
    }

    private IReadOnlyList<Step> Cure(Cure cure, DatabaseModel model)
    {
        var sql = cure.Migrations.Select(migration => string.Join('\n', migration.Sql)).ToList();
        var set = RuleCaseRun.Set(sql.Zip(cure.Migrations, (text, migration) => (text, !migration.OutsideTransaction)), RuleCase.Postgres, model);
        return Step.OfSql(set, sql, RuleCase.Postgres, new FactSheet(Measured.Of(template.Version)));
    }
}
