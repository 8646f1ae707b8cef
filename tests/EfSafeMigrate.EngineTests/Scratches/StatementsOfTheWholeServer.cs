using EfSafeMigrate.Engines.Postgres;

namespace EfSafeMigrate.EngineTests.Scratches;

public sealed class StatementsOfTheWholeServer
{
    [Theory]
    [InlineData("CREATE ROLE reader", "CREATE ROLE")]
    [InlineData("/* one */ alter  USER me SET work_mem = '1MB'", "ALTER USER")]
    [InlineData("SELECT 1; DROP DATABASE \"other\"", "DROP DATABASE")]
    [InlineData("ALTER DATABASE shop SET timezone = 'UTC'", "ALTER DATABASE")]
    [InlineData("ALTER SYSTEM SET work_mem = '1MB'", "ALTER SYSTEM")]
    [InlineData("COMMENT ON DATABASE shop IS 'x'", "COMMENT ON DATABASE")]
    [InlineData("GRANT readers TO \"app\"", "GRANT")]
    [InlineData("REVOKE readers FROM app", "REVOKE")]
    [InlineData("REASSIGN OWNED BY a TO b", "REASSIGN OWNED")]
    [InlineData("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles) THEN CREATE ROLE reader; END IF; END $$", "CREATE ROLE")]
    [InlineData("DO $x$ BEGIN EXECUTE 'CREATE ROLE reader'; END $x$", "CREATE ROLE")]
    [InlineData("DO $x$ BEGIN GRANT readers TO app; END $x$", "GRANT")]
    public void AreKnown(string sql, string words) => PostgresWholeServer.Of(sql).ShouldBe(words);

    [Theory]
    [InlineData("CREATE TABLE role (\"user\" int)")]
    [InlineData("INSERT INTO logs VALUES ('; CREATE ROLE reader')")]
    [InlineData("-- CREATE ROLE reader\nSELECT 1")]
    [InlineData("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")]
    [InlineData("CREATE USER MAPPING FOR me SERVER s")]
    [InlineData("ALTER TABLE t OWNER TO me")]
    [InlineData("CREATE POLICY p ON t TO reader USING (true)")]
    [InlineData("ALTER DEFAULT PRIVILEGES FOR ROLE me GRANT SELECT ON TABLES TO reader")]
    [InlineData("SET ROLE me; ALTER TABLE t DROP COLUMN role")]
    public void OthersAreNot(string sql) => PostgresWholeServer.Of(sql).ShouldBeNull();
}
