using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What is sent to the server for one statement or operation, with what the tool expects of it.</summary>
internal sealed record Step(IReadOnlyList<string> Sql, IReadOnlyList<Situation> Situations)
{
    public MigrationChanges Migration => Situations[0].Migration;

    public bool InTransaction => Situations[0].Change.InTransaction;

    public IEnumerable<Impact> Impacts => Situations.Select(situation => situation.Impact);

    public bool Refused => Impacts.Any(impact => impact.Refused is not null);

    /// <summary>The NULLs that the provider fills before it demands that there are none do no harm.</summary>
    public FailsIf FailsIf => Situations.Aggregate(FailsIf.Nothing, (all, situation) =>
        all | (situation.Impact.FailsIf & (NullFill.IsEmitted(situation.Change) ? ~FailsIf.NullsExist : ~FailsIf.Nothing)));

    public IEnumerable<Change> Changes => Situations.SelectMany(situation => situation.Change is AddColumn add ? [add, .. add.Inline] : (Change[])[situation.Change]);

    public override string ToString() => string.Join("; ", Sql);

    public static IReadOnlyList<Step> Of(RuleCase @case, EngineVersion version)
    {
        var set = RuleCaseRun.Set(@case);
        var facts = RuleCaseRun.Facts(@case) with { Version = Measured.Of(version) };
        return @case.Operations.Count > 0 ? OfOperations(set, @case.Engine, facts) : OfSql(set, @case.Sql, @case.Engine, facts);
    }

    /// <param name="sql">One migration's text each.</param>
    public static IReadOnlyList<Step> OfSql(ChangeSet set, IReadOnlyList<string> sql, string engine, FactSheet facts)
    {
        var situations = new Queue<Situation>(RuleBook.Situations(set, RuleCaseRun.Engine(engine), facts));
        return
        [
            .. from pair in set.Migrations.Zip(sql)
               from read in StatementReader.ReadEach(pair.Second, SqlDialect.Of(engine), pair.First.Source)
               select new Step([read.Statement.Text], [.. read.Changes.Select(_ => situations.Dequeue())]),
        ];
    }

    private static IReadOnlyList<Step> OfOperations(ChangeSet set, string engine, FactSheet facts) =>
    [
        .. RuleBook.Situations(set, RuleCaseRun.Engine(engine), facts)
            .Select(situation => new Step([.. EfStatements.Of([situation.Change], situation.Before, engine)], [situation])),
    ];
}
