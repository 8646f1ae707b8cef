using System.Globalization;
using Npgsql;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>A database of one case, with a connection for the migration and one for the traffic beside it.</summary>
internal sealed class PostgresCopy : IDisposable
{
    private readonly Func<NpgsqlConnection> connect;
    private readonly Action drop;

    public PostgresCopy(string setup, Func<NpgsqlConnection> connect, Action drop)
    {
        (this.connect, this.drop) = (connect, drop);
        (Migration, Traffic) = (connect(), connect());
        Migration.Run(setup.Length == 0 ? "SELECT 1" : setup);
        foreach (var table in Relation.All(Migration).Where(relation => relation.IsEmpty))
        {
            table.Fill(Migration, PostgresTemplate.Rows);
        }
        Relations = Relation.All(Migration);
        Traffic.Run("SET lock_timeout = '25ms'");
    }

    public NpgsqlConnection Migration { get; }

    public NpgsqlConnection Traffic { get; }

    /// <summary>The tables and views that exist before the case begins.</summary>
    public IReadOnlyList<Relation> Relations { get; }

    public NpgsqlConnection Connect() => connect();

    /// <summary>The relation that has this name now, when it existed before.</summary>
    public Relation? Find(Changes.TableName table)
    {
        var name = table.Schema is null ? $"\"{table.Name}\"" : $"\"{table.Schema}\".\"{table.Name}\"";
        var oid = Migration.Value($"SELECT to_regclass('{name}')::oid::bigint");
        return oid is null ? null : Relations.FirstOrDefault(relation => relation.Oid == long.Parse(oid, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Migration.Dispose();
        Traffic.Dispose();
        drop();
    }
}
