using System.Data.Common;
using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Rehearsals;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>Rehearses migrations that are written as SQL, on connections as the agent has them.</summary>
internal sealed class RehearsalStage(TestDatabase database, IReadOnlyList<WrittenMigration> migrations)
{
    private readonly List<string> applied = [];

    /// <summary>Runs right before a command, from outside.</summary>
    public Func<string, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <param name="ddl">What the model knows of the schema; the database may have more.</param>
    public static async Task<Rehearsed> RunAsync(TestDatabase database, string ddl, params IReadOnlyList<WrittenMigration> migrations) =>
        await new RehearsalStage(database, migrations).RunAsync(ddl);

    public async Task<Rehearsed> RunAsync(string ddl)
    {
        await using var look = await database.OpenDriverAsync();
        var plan = Plan(ddl);
        var stage = new Stage(database.Engine)
        {
            Look = look.Connection,
            UpAsync = async (migration, manner, cancellation) => await RunAsync(migration, Find(migration).Up, manner == UpManner.AsApply, () => applied.Add(migration.Id)),
            DownAsync = async (migration, cancellation) => await RunAsync(migration, Find(migration).Down, false, () => applied.Remove(migration.Id)),
            AppliedAsync = _ => Task.FromResult<IReadOnlyList<string>>([.. applied]),
        };
        return await new Rehearsal(stage, plan, _ => { }).RunAsync(CancellationToken.None);
    }

    private UpdatePlan Plan(string ddl)
    {
        var model = database.Engine.Model(ddl);
        List<MigrationChanges> read = [];
        foreach (var (written, number) in migrations.Select((written, at) => (written, at + 1)))
        {
            var id = $"2026010100{number:0000}_{written.Name}";
            var source = model;
            List<Change> changes = [];
            foreach (var (sql, at) in written.Up.Select((sql, at) => (sql, at)))
            {
                foreach (var change in StatementReader.Read(sql, SqlDialect.Of(database.Engine.Id), model))
                {
                    changes.Add(change with { Origin = new(id, at, "Sql"), InTransaction = !written.Suppressed });
                    model = model.After(change);
                }
            }
            read.Add(new(id, source, changes)
            {
                Commands = [.. written.Up.Select((sql, at) => new Command(sql, written.Suppressed, [at]))],
                NoWayBack = written.Down.Count == 0 ? "its Down is empty" : null,
            });
        }
        return UpdatePlan.Of(new Target("server:1", "shop", "postgres", "1"), new(read), database.Engine, FactSheet.Unknown, together: false);
    }

    private WrittenMigration Find(PlannedUpdate migration) => migrations.Single(each => each.Name == migration.Name);

    private async Task<IReadOnlyList<SeenCommand>> RunAsync(PlannedUpdate migration, IReadOnlyList<string> commands, bool observed, Action done)
    {
        await using var connection = await OpenAsync();
        await using var transaction = Find(migration).Suppressed ? null : await connection.BeginTransactionAsync();
        List<SeenCommand> seen = [];
        foreach (var (sql, at) in commands.Select((sql, at) => (sql, at)))
        {
            await Before(sql);
            var before = observed ? Observe(connection, transaction) : null;
            var clock = Stopwatch.StartNew();
            var changed = await ExecuteAsync(connection, transaction, sql);
            var took = clock.Elapsed.TotalMilliseconds;
            seen.Add(new(at, took) { Changed = changed, Before = before, After = observed ? Observe(connection, transaction) : null });
        }
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        done();
        return seen;
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = database switch
        {
            PostgresDatabase postgres => new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.Source.ConnectionString) { Pooling = false }.ConnectionString),
            SqliteDatabase sqlite => new SqliteConnection(sqlite.ConnectionString),
            _ => throw new NotSupportedException(),
        };
        await connection.OpenAsync();
        return connection;
    }

    private Observation Observe(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (database.Engine.Rehearsals.Observation, transaction);
        using var reader = command.ExecuteReader();
        return new(TestDatabase.Result(reader).Rows);
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        try
        {
            return await command.ExecuteNonQueryAsync();
        }
        catch (DbException exception)
        {
            throw new QueryFailure(exception.Message, exception.SqlState);
        }
    }
}
