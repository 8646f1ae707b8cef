using System.Data.Common;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Tests.Engines;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>
/// The statements of every case that a rule has for MySQL or MariaDB, carried out by a server on tables with rows: algorithm, lock, rewrite,
/// scan and refusal are those that the rules were told.
/// </summary>
public sealed class RulesHoldOnMariaDb(Workers workers) : IClassFixture<Workers>
{
    private const string Rows = """
        INSERT INTO customers SELECT seq, CONCAT('u', seq), CONCAT('n', seq) FROM seq_1_to_300;
        INSERT INTO orders SELECT seq, seq, seq + 100000, seq MOD 1000, 'note', CONCAT('c', seq), 'label', seq + 500000, 's', 'a', 'x', '2024-01-01 10:00:00', NULL FROM seq_1_to_300;
        INSERT INTO logs SELECT seq, 'line' FROM seq_1_to_300;
        """;

    /// <summary>Cases that say what this server or these tables do not have, each with the reason.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["mysql-change-engine: away from InnoDB"] = "only InnoDB's tables show what was written anew; MariaDbStopsOthers sees the copy",
        ["mysql-change-engine: to InnoDB"] = "as above",
        ["mysql-change-engine: a small table"] = "as above",
        ["mysql-change-engine: nobody uses the table"] = "as above",
        ["mysql-partition-table: a table is divided"] = "as above, for the parts are tables of other names",
        ["mysql-partition-table: and united"] = "as above",
        ["mysql-partition-table: a small table"] = "as above",
        ["mysql-partition-table: new and divided afterwards"] = "as above",
        ["mysql-convert-charset: the table is new"] = "a table without a single text, which nothing has to be done for; it is predicted as if it had one",
        ["mysql-instant-unavailable: the index is gone"] = "MySQL's manual does not say that the hidden column is in the way; MariaDB's has a case of its own",
        ["mysql-convert-charset: on the other engine"] = "the case does not say in which character set the table is; here it is in utf8mb4 already",
        ["mysql-implicit-default: a computed column"] = "MySQL's grammar has NOT NULL for a computed column, MariaDB's has not",
        ["mysql-implicit-default: the table is new"] = "names the table in another case, which is another table here",
        ["mysql-inline-references: quoted, on an old MariaDB"] = "names the table in another case, and a server older than this one",
        ["mysql-modify-primary-key: as Pomelo does it"] = "calls procedures that Pomelo makes in another migration; MariaDbDoesUnasked runs them",
    };

    [Fact]
    public async Task EveryStatement()
    {
        var version = (await workers.VersionAsync()).Split('-')[0];
        var steps = Steps().ToArray();

        var differences = await workers.EachAsync(steps, async (database, step) =>
        {
            try
            {
                var seen = await new MariaDbTrial(database, $"{Shop.SchemaOn(RuleCase.MariaDb)}{Rows}{step.Before}").RunAsync(step.Sql, step.Target, session: step.Session);
                return Matrix(step).Walk([seen.Over(step.Measured(version))]).Single().Differences;
            }
            catch (DbException exception)
            {
                return [$"what stands before it cannot be done: {exception.Message}"];
            }
        });

        var wrong = steps.Zip(differences).Where(each => each.Second.Count > 0).Select(each => $"{each.First.Label}: {each.First.Sql}: {string.Join("; ", each.Second)}").ToArray();
        steps.Length.ShouldBeGreaterThan(100);
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static LockMatrix Matrix(MariaDbStep step) =>
        new(EngineBook.All.Single(engine => engine.Id == RuleCase.MariaDb), SqlDialect.MariaDb, Shop.SchemaOn(RuleCase.MariaDb) + step.Before);

    /// <summary>Statements that define something in a table that is there; what stands before them in the case was done before.</summary>
    private static IEnumerable<MariaDbStep> Steps()
    {
        foreach (var (rule, @case) in RuleBook.Rules.SelectMany(RuleCaseRun.Of, (rule, @case) => (rule, @case)).Where(each => each.@case.Engine is RuleCase.MariaDb or RuleCase.MySql && each.@case.Runs))
        {
            var label = RuleCaseRun.Label(rule, @case);
            if (Elsewhere.ContainsKey(label))
            {
                continue;
            }
            var (before, session) = (@case.Setup.Length == 0 ? "" : $"{@case.Setup.TrimEnd(' ', ';')};", "");
            var model = RuleCaseRun.Source(@case);
            foreach (var read in @case.Sql.SelectMany(sql => StatementReader.ReadEach(sql, SqlDialect.MariaDb, model)))
            {
                if (read.Changes.All(change => change is SetSetting))
                {
                    session += $"{read.Statement.Text};";
                }
                else
                {
                    if (read.Changes[0].Target is { } target && model.Find(target) is not null && read.Statement.Text.StartsWith("ALTER", StringComparison.OrdinalIgnoreCase))
                    {
                        yield return new(label, read.Statement.Text, target.Name, before, session);
                    }
                    before += $"{read.Statement.Text};";
                }
                model = read.After;
            }
        }
    }

    private sealed record MariaDbStep(string Label, string Sql, string Target, string Before, string Session)
    {
        public Measurement Measured(string version) => new(Label, Sql, [version]) { Target = Target, Session = Session };
    }
}
