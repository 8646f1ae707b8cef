using EfSafeMigrate.Changes;
using EfSafeMigrate.Tests.Rules;
using Microsoft.Data.Sqlite;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What somebody writes who follows an advice is run on a file with rows, by the commands EF makes of it.</summary>
public class CuresAreFollowedOnSqlite
{
    private const int Rows = 2_000;
    private const int Constraint = 19;

    public static TheoryData<string> Cases => [.. Followed.Labels(RuleCase.Sqlite)];

    [Theory, MemberData(nameof(Cases))]
    public void And_no_release_fails(string label)
    {
        var (@case, form) = Followed.Labelled(label);
        SQLitePCL.Batteries_V2.Init();
        var folder = Directory.CreateTempSubdirectory("safe-migrate-cures-").FullName;
        try
        {
            using var connection = Open(folder);
            connection.Run($"{Shop.SchemaOn(RuleCase.Sqlite)} {Shop.FillOn(RuleCase.Sqlite, Rows)} {@case.Setup};");
            var besides = Besides(connection);
            foreach (var review in form.Reviews(@case))
            {
                foreach (var (written, changes) in review.Deployment.Migrations.Zip(review.Set.Migrations))
                {
                    Apply(connection, EfStatements.Commands(written.Parts, changes.Changes.Aggregate(changes.Source, Evolution.After), RuleCase.Sqlite));
                }
                var releases = form.Breaks() ? [review.Next] : new[] { review.Running, review.Next };
                releases.SelectMany(model => Release.Statements(model, RuleCaseRun.Engine(RuleCase.Sqlite))).Distinct()
                    .Select(sql => Sent(connection, sql)).OfType<string>().ShouldBeEmpty();
            }
            Besides(connection).ShouldBe(besides);
            connection.Rows("PRAGMA foreign_key_check").ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Apply(SqliteConnection connection, IEnumerable<(string Sql, bool Suppressed)> commands)
    {
        var open = false;
        foreach (var (sql, suppressed) in commands.Append(("SELECT 1", true)))
        {
            if (open == suppressed)
            {
                connection.Run(open ? "COMMIT" : "BEGIN IMMEDIATE");
                open = !open;
            }
            connection.Run(sql);
        }
    }

    /// <summary>What a copy of the table loses.</summary>
    private static IReadOnlyList<string> Besides(SqliteConnection connection) =>
        [.. connection.Rows("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name").Select(row => row[0]!)];

    private static string? Sent(SqliteConnection connection, string sql)
    {
        connection.Run("BEGIN");
        try
        {
            connection.Run(sql);
            return null;
        }
        catch (SqliteException exception)
        {
            return exception.SqliteErrorCode == Constraint && !exception.Message.Contains("NOT NULL", StringComparison.Ordinal) ? null : $"{sql}: {exception.Message}";
        }
        finally
        {
            connection.Run("ROLLBACK");
        }
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "test.db")};Pooling=False");
        connection.Open();
        connection.Run("PRAGMA foreign_keys = 1");
        return connection;
    }
}
