using EfSafeMigrate.Tests;
using EfSafeMigrate.Tests.Engines;
using EfSafeMigrate.Updates.Rehearsals;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Rehearsals;

/// <summary>What a rehearsal sees of a statement is what was measured of it, lock by lock.</summary>
public sealed class LocksAreAsMeasured(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task OfEveryMeasuredStatement()
    {
        await database.ExecuteAsync(Data.Text("lock-matrix-base.postgresql.sql"));
        await using var connection = await database.Source.OpenConnectionAsync();
        var major = $"{connection.PostgreSqlVersion.Major}.";
        List<string> differences = [];
        var seen = 0;
        // A row that is deleted locks the rows that reference it, and here are none.
        foreach (var measured in Measurement.Of("postgresql").Where(each => each.Op != "delete_one_row" && each is { Strict: true, Ok: true, InTransaction: true, Setup: null, Session: null, TimeZone: null, Experiment: false } && each.Versions.Any(version => version.StartsWith(major, StringComparison.Ordinal))))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var before = await LookAsync(connection, transaction);
            if (!await RunAsync(connection, transaction, measured.Ddl))
            {
                await transaction.RollbackAsync();
                continue;
            }
            var after = await LookAsync(connection, transaction);
            var old = before.Tables.Keys.ToHashSet();
            var locks = after.Locks(database.Engine.Rehearsals).Where(each => old.Contains(each.Key)).ToDictionary(each => before.Tables[each.Key].ToString(), each => each.Value);
            var expected = measured.Locks.Where(each => before.Tables.Values.Any(table => table.ToString() == each.Key)).ToDictionary(each => each.Key, each => each.Value);
            if (!locks.OrderBy(each => each.Key).SequenceEqual(expected.OrderBy(each => each.Key)))
            {
                differences.Add($"{measured.Op}: {string.Join(", ", locks)}, measured {string.Join(", ", expected)}");
            }
            if (after.RewrittenSince(before).Any(table => table.Name == measured.Target) != measured.Rewrite && !measured.Ddl.StartsWith("TRUNCATE", StringComparison.Ordinal))
            {
                differences.Add($"{measured.Op}: rewritten {string.Join(", ", after.RewrittenSince(before))}, measured {measured.Rewrite}");
            }
            seen++;
            await transaction.RollbackAsync();
        }

        differences.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(100);
    }

    private async Task<Observation> LookAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand(database.Engine.Rehearsals.Observation, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync();
        return new(TestDatabase.Result(reader).Rows);
    }

    /// <returns>False for a row that needs another, which is not here.</returns>
    private static async Task<bool> RunAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        try
        {
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }
    }
}
