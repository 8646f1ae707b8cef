using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What somebody writes who follows an advice is run on tables with rows, deployment by deployment, while two releases use them.</summary>
public class CuresAreFollowedOnPostgres(PostgresTemplate template) : IClassFixture<PostgresTemplate>
{
    public static TheoryData<string> Cases => [.. Sampled.Of(Followed.Labels(RuleCase.Postgres))];

    [Theory, MemberData(nameof(Cases))]
    public void And_nobody_waits_or_fails(string label)
    {
        var (@case, form) = Followed.Labelled(label);
        var engine = RuleCaseRun.Engine(RuleCase.Postgres);
        using var copy = template.Copy(@case.Setup);
        foreach (var review in form.Reviews(@case))
        {
            foreach (var migration in Steps(review).GroupBy(step => step.Migration))
            {
                Run(copy, [.. migration], calm: form.Leaves.Count == 0 && !review.Deployment.NoTraffic);
            }
            var releases = form.Breaks() ? [review.Next] : new[] { review.Running, review.Next };
            releases.SelectMany(model => Release.Statements(model, engine)).Distinct()
                .Select(sql => (Sql: sql, State: Sent(copy, sql)))
                .Where(sent => sent.State is not (null or "23505" or "23503" or "23514")).ShouldBeEmpty();
        }
    }

    private static void Run(PostgresCopy copy, IReadOnlyList<Step> migration, bool calm)
    {
        // A block that commits its batches runs by itself, as EF runs what suppresses the transaction.
        if (migration.Any(step => step.Changes.OfType<TransactionControl>().Any()))
        {
            copy.Migration.Run(string.Join('\n', migration.SelectMany(step => step.Sql)));
            return;
        }
        var watched = PostgresRun.Of(copy, migration, plants: false);
        watched.ShouldAllBe(step => step.Failure == null);
        watched.SelectMany(step => step.Step.Sql).ShouldBe(migration.SelectMany(step => step.Sql));
        if (calm)
        {
            // TRUNCATE leaves nothing to write anew.
            watched.Where(step => !step.Step.Changes.OfType<Truncate>().Any() && step.Did(Work.Scan | Work.IndexBuild | Work.Rewrite, Verbs.Insert)).ShouldBeEmpty();
        }
    }

    private static string? Sent(PostgresCopy copy, string sql)
    {
        copy.Traffic.Run("BEGIN");
        var state = copy.Traffic.Try(sql);
        copy.Traffic.Run("ROLLBACK");
        return state;
    }

    private IReadOnlyList<Step> Steps(CuredReview review)
    {
        var facts = review.Facts with { Version = Measured.Of(template.Version) };
        var situations = new Queue<Situation>(RuleBook.Situations(review.Set, RuleCaseRun.Engine(RuleCase.Postgres), facts));
        List<Step> steps = [];
        foreach (var part in review.Deployment.Migrations.SelectMany(migration => migration.Parts))
        {
            var before = situations.Peek().Before;
            steps.AddRange(part.Sql is { } sql
                ? StatementReader.ReadEach(sql, SqlDialect.Postgres, before).Select(read => new Step([read.Statement.Text], [.. read.Changes.Select(_ => situations.Dequeue())]))
                : [new Step(EfStatements.Of([part.Operation!], before, RuleCase.Postgres), [situations.Dequeue()])]);
        }
        return steps;
    }
}
