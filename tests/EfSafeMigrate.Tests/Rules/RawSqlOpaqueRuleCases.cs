using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class RawSqlOpaqueRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("SQL put together at run time", Severity.Careful, "DO $$ DECLARE it text := 'memo'; BEGIN EXECUTE 'ALTER TABLE orders ADD COLUMN ' || it || ' text'; END $$")
            .Saying("EXECUTE runs SQL that is put together at run time")
            .Cured(Deploy("ALTER TABLE orders ADD COLUMN memo text")),
        Flagged("a word that destroys stands in it", Severity.Dangerous, "DO $$ DECLARE it text := 'note'; BEGIN EXECUTE format('ALTER TABLE orders DROP COLUMN %I', it); END $$").Saying("The word DROP stands in it")
            .Cured(new CuredForm([Deploy("ALTER TABLE orders DROP COLUMN note")]).Leaving("drop-column")),
        Flagged("beside statements that are read", Severity.Careful, "ALTER TABLE logs ADD COLUMN memo text; DO $$ DECLARE it text := 'x'; BEGIN EXECUTE 'UPDATE orders SET note = ' || quote_literal(it); END $$")
            .Cured(Deploy("ALTER TABLE logs ADD COLUMN memo text", "UPDATE orders SET note = 'x' WHERE id BETWEEN 1 AND 1000")),
        Allowed("a block of plain statements", "DO $$ BEGIN ALTER TABLE orders ADD COLUMN memo text; END $$"),
        Allowed("a literal that is executed", "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD COLUMN memo text'; END $$"),
        Allowed("literals that are joined", "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD COLUMN ' || 'memo text'; END $$"),
        Allowed("a format with constant names", "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I text DEFAULT %L', 'orders', 'memo', 'it''s'); END $$"),
        Allowed("a procedure of the same text", "CREATE PROCEDURE widen() LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders ADD COLUMN memo text; END $$; CALL widen(); DROP PROCEDURE widen()"),
        Allowed("a function of the same text", "CREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE orders ADD COLUMN memo text; END $$; SELECT widen(); DROP FUNCTION widen()"),
        Allowed("a prepared statement", "PREPARE p AS SELECT 1; EXECUTE p"),
        Allowed("a plain statement", "ALTER TABLE orders ADD COLUMN memo text"),
        Allowed("a setting", "SET lock_timeout = '2s'"),
        Flagged("SQL Server, a procedure nobody here created", Severity.Careful, "EXEC dbo.somewhere").OnSqlServer().Saying("what somewhere runs is decided on the server")
            .Cured(Deploy("UPDATE orders SET status = N'' WHERE id = 1")),
        Allowed("SQL Server, EF's way to drop a default", "DECLARE @var0 sysname; SELECT @var0 = [d].[name] FROM [sys].[default_constraints] [d] WHERE [c].[name] = N'qty'; IF @var0 IS NOT NULL EXEC(N'ALTER TABLE [orders] DROP CONSTRAINT [' + @var0 + '];')").OnSqlServer(),
    ];
}
