using System.Data.Common;
using System.Diagnostics;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Protocol;
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
            UpAsync = async (migration, manner, cancellation) =>
            {
                var course = new CommandCourse(migration);
                await RunAsync(migration, Find(migration).Up, manner == UpManner.AsApply ? course : null, look.Connection.QueryAsync);
                applied.Add(migration.Id);
                return course.Seen;
            },
            DownAsync = async (migration, cancellation) =>
            {
                await RunAsync(migration, Find(migration).Down, null, look.Connection.QueryAsync);
                applied.Remove(migration.Id);
            },
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
                Phase = written.Phase,
                Backfills = written.Backfills,
            });
        }
        return UpdatePlan.Of(new Target("server:1", "shop", "postgres", "1"), new(read), database.Engine, FactSheet.Unknown, together: false);
    }

    private WrittenMigration Find(PlannedUpdate migration) => migrations.Single(each => each.Name == migration.Name);

    private async Task RunAsync(PlannedUpdate migration, IReadOnlyList<string> commands, CommandCourse? course, Query look)
    {
        await using var connection = await OpenAsync();
        await using var transaction = Find(migration).Suppressed ? null : await connection.BeginTransactionAsync();
        using var ended = new CancellationTokenSource();
        var watching = course is not null && connection is NpgsqlConnection { ProcessID: var process }
            ? course.WatchAsync(look, database.Engine.Updates.Locks!(process), TimeSpan.FromMinutes(1), () => { }, ended.Token) : Task.CompletedTask;
        foreach (var (sql, at) in commands.Select((sql, at) => (sql, at)))
        {
            course?.Progress(new CommandProgress(at, null) { Seen = Observe(connection, transaction) });
            await Before(sql);
            var clock = Stopwatch.StartNew();
            var changed = await ExecuteAsync(connection, transaction, sql);
            course?.Progress(new CommandProgress(at, clock.Elapsed.TotalMilliseconds) { Changed = changed, Seen = Observe(connection, transaction) });
        }
        await (transaction?.CommitAsync() ?? Task.CompletedTask);
        await ended.CancelAsync();
        await watching;
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

    private IReadOnlyList<IReadOnlyList<string?>> Observe(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (database.Engine.Rehearsals.Observation, transaction);
        using var reader = command.ExecuteReader();
        return TestDatabase.Result(reader).Rows;
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
