-- dotnet safe-migrate script, 2 of 2: ShopContext on PostgreSQL
--
--   run     psql "$DATABASE" -f 02-Contract.sql
--   does    20260102000000_Contract (contract)
--   before  The new release runs everywhere, the old one is gone, and nobody reads what this takes away.
--           The file itself refuses while rows would lose a value, or while its counters say that the old release has written.
--   again   It may be run as often as needed: what is done is passed over, and a run that was stopped is gone on with.
--   next    Nothing; this is the last file.
--   waits   Up to 2s for a lock that others would queue behind, where a migration says nothing else; -v lock_timeout=500ms for less.

\set QUIET on
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set SINGLELINE off
\set SHOW_CONTEXT never
\unset FETCH_COUNT
\encoding UTF8
\if :{?lock_timeout}
\else
\set lock_timeout 2s
\endif
SET application_name = 'safe-migrate script';
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
DO $safe_migrate$
BEGIN
    IF now() <> statement_timestamp() THEN
        RAISE EXCEPTION '%', 'This file commits by itself, and is run inside a transaction. Nothing was changed.' USING HINT = 'Run it without --single-transaction.';
    END IF;
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION '%', 'This server is a standby. Nothing was changed.' USING HINT = 'Connect to the primary.';
    END IF;
    IF NOT pg_try_advisory_lock(23294, 19734) THEN
        RAISE EXCEPTION '%', 'Another run is at work on this database. Nothing was changed.' USING HINT = 'Wait until it has ended, and run this file again.';
    END IF;
    PERFORM set_config(name, '1000', false) FROM pg_settings WHERE name = 'client_connection_check_interval';
END
$safe_migrate$;
DO $safe_migrate$
DECLARE
    missing text;
BEGIN
    IF to_regclass('"__EFMigrationsHistory"') IS NULL THEN
        RAISE EXCEPTION '%', 'No migration was ever applied to this database. Nothing was changed.' USING HINT = 'Look whether this is the right database.';
    END IF;
    SELECT string_agg(expected, ', ' ORDER BY expected) INTO missing FROM unnest(ARRAY['20260101000000_Expand']::text[]) AS expected
        WHERE expected NOT IN (SELECT "MigrationId" FROM "__EFMigrationsHistory");
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'The history of this database lacks %. Nothing was changed.', missing
            USING HINT = 'It is another database, or an earlier file was not run.';
    END IF;
END
$safe_migrate$;

SELECT NOT EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = ANY (ARRAY['20260102000000_Contract']::text[])) AS safe_migrate_fresh \gset
SELECT to_regclass('safe_migrate.checkpoint') IS NOT NULL AS safe_migrate_marked \gset
\if :safe_migrate_marked
SELECT :'safe_migrate_fresh' AND NOT EXISTS (SELECT 1 FROM safe_migrate.checkpoint WHERE migration = ANY (ARRAY['20260102000000_Contract']::text[])) AS safe_migrate_fresh \gset
\endif
\if :safe_migrate_fresh
DO $safe_migrate$
BEGIN
    IF EXISTS (SELECT 1 FROM "sales"."items" WHERE "title" IS DISTINCT FROM "label") THEN
        RAISE EXCEPTION '%', 'There are rows of sales.items that have another value in title than the old shape says, and would lose it. Nothing was changed.' USING HINT = 'Find out who writes past the trigger, and fill the rows again.';
    END IF;
END
$safe_migrate$;
\if :{?seen}
\else
\set seen ''
\endif
SELECT set_config('safe_migrate.seen', :'seen', false) AS safe_migrate_seen \gset
DO $safe_migrate$
DECLARE
    seen text := current_setting('safe_migrate.seen');
    time bigint := floor(extract(epoch FROM clock_timestamp()));
    counted text := concat_ws('-', COALESCE(pg_sequence_last_value(to_regclass('"sales"."old writes"')), 0));
BEGIN
    IF to_regclass('"sales"."old writes"') IS NULL THEN
        RAISE EXCEPTION '%', 'The counter "sales"."old writes" is not there, so nobody knows whether the old release still writes. Nothing was changed.' USING HINT = '-v seen=unused   when the old release is gone for certain';
    END IF;
    IF seen <> 'unused' AND seen !~ '^[0-9]+(-[0-9]+)+$' THEN
        RAISE EXCEPTION 'The contract waits for the old release to be gone. Nothing was changed.' USING HINT = format(
            'Retire the old release; %s seconds later run: psql "$DATABASE" -f 02-Contract.sql -v seen=%s-%s', 600, time, counted);
    END IF;
    IF seen <> 'unused' AND substr(seen, strpos(seen, '-') + 1) <> counted THEN
        RAISE EXCEPTION 'The old release has written since it was looked at. Nothing was changed.' USING HINT = format(
            'Retire it; %s seconds later run this file with -v seen=%s-%s', 600, time, counted);
    END IF;
    IF seen <> 'unused' AND time - split_part(seen, '-', 1)::numeric < 600 THEN
        RAISE EXCEPTION 'It is too early to say that the old release no longer writes. Nothing was changed.' USING HINT = format(
            'Run this file again in %s seconds, with the same -v seen=%s', 600 - (time - split_part(seen, '-', 1)::numeric), seen);
    END IF;
END
$safe_migrate$;
\endif

-- 20260102000000_Contract (contract)
SELECT NOT EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260102000000_Contract') AS safe_migrate_todo \gset
\if :safe_migrate_todo
\echo 20260102000000_Contract contract
SELECT to_regclass('safe_migrate.checkpoint') IS NULL AS safe_migrate_new \gset
\if :safe_migrate_new
CREATE SCHEMA IF NOT EXISTS safe_migrate;
CREATE TABLE IF NOT EXISTS safe_migrate.checkpoint (
    migration text PRIMARY KEY,
    run text NOT NULL,
    checksum text NOT NULL,
    done int NOT NULL,
    begun int,
    written timestamptz NOT NULL DEFAULT clock_timestamp());
\endif
DO $safe_migrate$
BEGIN
    IF EXISTS (SELECT 1 FROM safe_migrate.checkpoint WHERE migration = '20260102000000_Contract' AND checksum <> '9065e9ab845d2870fc39f50d3a59c63935296fd21216a52869660dcbf1835172') THEN
        RAISE EXCEPTION '%', '20260102000000_Contract was edited after a part of it had been committed.' USING HINT = 'Run the file that was written before the edit.';
    END IF;
    IF EXISTS (SELECT 1 FROM safe_migrate.checkpoint WHERE migration = '20260102000000_Contract' AND begun IN (1)) THEN
        RAISE EXCEPTION '%', '20260102000000_Contract was stopped in a statement outside a transaction, and nobody knows whether it took effect.' USING HINT = 'Look whether its effect is there; if it is: UPDATE safe_migrate.checkpoint SET done = begun + 1, begun = NULL WHERE migration = ''20260102000000_Contract''; if not: only SET begun = NULL.';
    END IF;
END
$safe_migrate$;
SELECT COALESCE((SELECT done FROM safe_migrate.checkpoint WHERE migration = '20260102000000_Contract'), 0) AS safe_migrate_done \gset

SELECT :safe_migrate_done < 1 AS safe_migrate_todo \gset
\if :safe_migrate_todo
BEGIN;
SET LOCAL lock_timeout = :'lock_timeout';
ALTER TABLE items DROP COLUMN label -- gone
;
INSERT INTO safe_migrate.checkpoint (migration, run, checksum, done, begun)
VALUES ('20260102000000_Contract', 'script', '9065e9ab845d2870fc39f50d3a59c63935296fd21216a52869660dcbf1835172', 1, NULL)
ON CONFLICT (migration) DO UPDATE SET run = excluded.run, checksum = excluded.checksum, done = excluded.done, begun = excluded.begun, written = clock_timestamp();
COMMIT;
\endif

SELECT :safe_migrate_done < 2 AS safe_migrate_todo \gset
\if :safe_migrate_todo
SET lock_timeout = 0;
INSERT INTO safe_migrate.checkpoint (migration, run, checksum, done, begun)
VALUES ('20260102000000_Contract', 'script', '9065e9ab845d2870fc39f50d3a59c63935296fd21216a52869660dcbf1835172', 1, 1)
ON CONFLICT (migration) DO UPDATE SET run = excluded.run, checksum = excluded.checksum, done = excluded.done, begun = excluded.begun, written = clock_timestamp();
\set ON_ERROR_STOP off
DROP INDEX CONCURRENTLY ix_label;
\set safe_migrate_failed :ERROR
\set ON_ERROR_STOP on
\if :safe_migrate_failed
UPDATE safe_migrate.checkpoint SET begun = NULL WHERE migration = '20260102000000_Contract' AND run = 'script';
DO $safe_migrate$
BEGIN
    RAISE EXCEPTION '%', '20260102000000_Contract stopped at its command 2, which took no effect.' USING HINT = 'The reason stands above. Run this file again.';
END
$safe_migrate$;
\endif
INSERT INTO safe_migrate.checkpoint (migration, run, checksum, done, begun)
VALUES ('20260102000000_Contract', 'script', '9065e9ab845d2870fc39f50d3a59c63935296fd21216a52869660dcbf1835172', 2, NULL)
ON CONFLICT (migration) DO UPDATE SET run = excluded.run, checksum = excluded.checksum, done = excluded.done, begun = excluded.begun, written = clock_timestamp();
\endif

SELECT :safe_migrate_done < 3 AS safe_migrate_todo \gset
\if :safe_migrate_todo
SET lock_timeout = 0;
SELECT state = 'done' AS safe_migrate_found, state = 'broken' AS safe_migrate_broken FROM (SELECT COALESCE((SELECT CASE WHEN i.indisvalid AND i.indrelid = to_regclass('"items"') THEN 'done' ELSE 'broken' END
FROM pg_index i WHERE i.indexrelid = to_regclass('"ix_title"') AND (NOT i.indisvalid OR i.indrelid = to_regclass('"items"'))), 'none') AS state) AS found \gset
\if :safe_migrate_broken
DROP INDEX CONCURRENTLY IF EXISTS "ix_title";
\endif
\if :safe_migrate_found
\else
CREATE INDEX CONCURRENTLY ix_title ON items (title);
\endif
INSERT INTO safe_migrate.checkpoint (migration, run, checksum, done, begun)
VALUES ('20260102000000_Contract', 'script', '9065e9ab845d2870fc39f50d3a59c63935296fd21216a52869660dcbf1835172', 3, NULL)
ON CONFLICT (migration) DO UPDATE SET run = excluded.run, checksum = excluded.checksum, done = excluded.done, begun = excluded.begun, written = clock_timestamp();
\endif

BEGIN;
SET LOCAL lock_timeout = 0;
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20260102000000_Contract', '10.0.14');
DELETE FROM safe_migrate.checkpoint WHERE migration = '20260102000000_Contract';
COMMIT;
\else
\echo 20260102000000_Contract is applied already
\endif

DO $safe_migrate$
BEGIN
    PERFORM pg_advisory_unlock(23294, 19734);
END
$safe_migrate$;
