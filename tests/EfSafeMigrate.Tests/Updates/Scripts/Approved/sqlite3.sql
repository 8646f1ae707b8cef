-- dotnet safe-migrate script, 1 of 1: ShopContext on SQLite
--
--   run     sqlite3 "$DATABASE" < 01-Rebuild.sql
--   does    20260101000000_Rebuild (expand)
--   LOSES   items is dropped with all its rows, and every query of the running release on it fails.
--   before  Look for long transactions: a step that does not get its lock soon gives up, and the file stops.
--   again   It may be run as often as needed: what is done is passed over, and a run that was stopped is gone on with.
--   next    Nothing; this is the last file.
--   leaves  01-Rebuild.sql.todo, empty, and 01-Rebuild.sql.todo.lock in the folder where it is run

.bail on
.timeout 5000
CREATE TEMP TABLE safe_migrate_refusal (number INTEGER NOT NULL);
PRAGMA foreign_keys = 1;
CREATE TEMP TABLE safe_migrate_run (name TEXT NOT NULL, alone INTEGER NOT NULL);
INSERT INTO temp.safe_migrate_run VALUES (hex(randomblob(16)), 0);
.bail off
ATTACH '01-Rebuild.sql.todo.lock' AS safe_migrate_folder;
BEGIN;
CREATE TABLE IF NOT EXISTS safe_migrate_folder.run (name TEXT NOT NULL);
DELETE FROM safe_migrate_folder.run;
INSERT INTO safe_migrate_folder.run SELECT name FROM temp.safe_migrate_run;
PRAGMA safe_migrate_folder.locking_mode = EXCLUSIVE;
COMMIT;
UPDATE temp.safe_migrate_run SET alone = 1 WHERE EXISTS (SELECT 1 FROM safe_migrate_folder.run WHERE name = (SELECT name FROM temp.safe_migrate_run));
CREATE TEMP TRIGGER safe_migrate_1 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 1 BEGIN SELECT RAISE(ABORT, 'Another run of this file is at work in this folder, or 01-Rebuild.sql.todo.lock cannot be written there. Nothing was changed; run it again when that one has ended, or in a folder of its own.'); END;
INSERT INTO temp.safe_migrate_refusal SELECT 1 WHERE (SELECT alone FROM temp.safe_migrate_run) = 0;
.bail on
CREATE TEMP TRIGGER safe_migrate_2 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 2 BEGIN SELECT RAISE(ABORT, 'The file 01-Rebuild.sql.todo cannot be written in this folder. Nothing more was changed.'); END;
CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" ("MigrationId" varchar(150) NOT NULL PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
-- Remove this statement if another application keeps its migrations in the same table on purpose.
CREATE TEMP TRIGGER safe_migrate_3 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 3 BEGIN SELECT RAISE(ABORT, 'The history of this database holds migrations, and none of this project: it is another database. Nothing was changed.'); END;
INSERT INTO temp.safe_migrate_refusal SELECT 3 WHERE EXISTS (SELECT 1 FROM "__EFMigrationsHistory") AND NOT EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" IN ('20260101000000_Rebuild'));
CREATE TEMP TRIGGER safe_migrate_4 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 4 BEGIN SELECT RAISE(ABORT, 'Another run is at work on this database. Nothing was changed.'); END;
INSERT INTO temp.safe_migrate_refusal SELECT 2 WHERE writefile('01-Rebuild.sql.todo', CASE WHEN EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__safe_migrate_lock') THEN 'INSERT INTO temp.safe_migrate_refusal SELECT 4 WHERE EXISTS (SELECT 1 FROM "__safe_migrate_lock" WHERE "beat" >= CAST(strftime(''%s'', ''now'') AS INTEGER) - 20);
' ELSE '' END) IS NULL;
.read 01-Rebuild.sql.todo

-- 20260101000000_Rebuild (expand)
CREATE TEMP TRIGGER safe_migrate_5 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 5 BEGIN SELECT RAISE(ABORT, 'Somebody else has applied 20260101000000_Rebuild meanwhile. Nothing of it was done twice; run this file again.'); END;
CREATE TEMP TRIGGER safe_migrate_6 BEFORE INSERT ON safe_migrate_refusal WHEN NEW.number = 6 BEGIN SELECT RAISE(ABORT, '20260101000000_Rebuild would leave rows that refer to nothing: it deletes or changes rows, and tables are rebuilt in it while foreign keys are switched off. Nothing of it was done; delete the rows that refer to them in the migration.'); END;
INSERT INTO temp.safe_migrate_refusal SELECT 2 WHERE writefile('01-Rebuild.sql.todo', CASE WHEN NOT EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260101000000_Rebuild') THEN '.print 20260101000000_Rebuild expand
PRAGMA foreign_keys = 0;
BEGIN IMMEDIATE;
INSERT INTO temp.safe_migrate_refusal SELECT 5 WHERE EXISTS (SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = ''20260101000000_Rebuild'');
CREATE TEMP TABLE safe_migrate_violations AS SELECT count(*) AS number FROM pragma_foreign_key_check;
CREATE TABLE ef_temp_items (id INTEGER);
DROP TABLE items;
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES (''20260101000000_Rebuild'', ''10.0.14'');
INSERT INTO temp.safe_migrate_refusal SELECT 6 WHERE (SELECT count(*) FROM pragma_foreign_key_check) > (SELECT number FROM temp.safe_migrate_violations);
DROP TABLE temp.safe_migrate_violations;
COMMIT;
PRAGMA foreign_keys = 1;
' ELSE '' END) IS NULL;
.read 01-Rebuild.sql.todo

INSERT INTO temp.safe_migrate_refusal SELECT 2 WHERE writefile('01-Rebuild.sql.todo', '') IS NULL;
