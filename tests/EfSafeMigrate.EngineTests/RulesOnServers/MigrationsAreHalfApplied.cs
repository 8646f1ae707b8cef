using EfSafeMigrate.Rules;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A migration whose last change fails, run as EF does: it commits before a command that suppresses the transaction.</summary>
public class MigrationsAreHalfApplied(PostgresTemplate template) : IClassFixture<PostgresTemplate>
{
    public const string Rule = "mixed-transactional-and-not";

    private const string Schema = """
        SELECT coalesce(string_agg(concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY c.relname, a.attnum), '')
        FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 'public'::regnamespace
        """;

    public static TheoryData<string> Cases =>
    [
        .. from rule in RuleBook.Rules where rule.Id == Rule
           from @case in RuleCaseRun.Of(rule)
           select RuleCaseRun.Label(rule, @case),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void When_the_rule_speaks(string label)
    {
        var (_, @case) = RuleCaseRun.Labelled(label);
        var steps = Step.Of(@case, template.Version);
        using var copy = template.Copy(@case.Setup);
        var before = copy.Traffic.Value(Schema);
        var open = false;
        foreach (var step in steps)
        {
            var wanted = step.InTransaction;
            if (open != wanted)
            {
                copy.Migration.Run(wanted ? "BEGIN" : "COMMIT");
                open = wanted;
            }
            if (step == steps[^1])
            {
                copy.Migration.Try("SELECT 1 / 0").ShouldNotBeNull();
                break;
            }
            step.Sql.ToList().ForEach(copy.Migration.Run);
        }
        if (open)
        {
            copy.Migration.Run("ROLLBACK");
        }

        (copy.Traffic.Value(Schema) != before).ShouldBe(@case.Expected is not null);
    }
}
