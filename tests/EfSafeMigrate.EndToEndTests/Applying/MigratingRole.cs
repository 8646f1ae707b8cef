using EfSafeMigrate.EndToEndTests.Phases;
using Npgsql;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>A role that owns everything in a database and is no superuser.</summary>
internal sealed class MigratingRole : IAsyncDisposable
{
    private readonly PhasedDatabase database;
    private readonly string name = $"migrating_{Guid.NewGuid():N}";

    private MigratingRole(PhasedDatabase database) => this.database = database;

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = "migrating" }.ConnectionString;

    public static async Task<MigratingRole> CreateAsync(PhasedDatabase database)
    {
        var role = new MigratingRole(database);
        await database.ExecuteAsync($"""
            CREATE ROLE {role.name} LOGIN PASSWORD 'migrating';
            GRANT CREATE ON DATABASE {database.Name} TO {role.name};
            GRANT ALL ON SCHEMA public TO {role.name};
            DO $$ DECLARE each regclass; BEGIN
                FOR each IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
                    EXECUTE format('ALTER TABLE %s OWNER TO {role.name}', each);
                END LOOP;
            END $$
            """);
        return role;
    }

    /// <summary>Nothing new can be made in the schema.</summary>
    public Task RevokeAsync() => database.ExecuteAsync($"REVOKE CREATE ON SCHEMA public FROM {name}");

    public Task GrantAsync() => database.ExecuteAsync($"GRANT CREATE ON SCHEMA public TO {name}");

    public async ValueTask DisposeAsync() => await database.ExecuteAsync($"""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{name}';
        REASSIGN OWNED BY {name} TO CURRENT_USER;
        DROP OWNED BY {name};
        DROP ROLE {name}
        """);
}
