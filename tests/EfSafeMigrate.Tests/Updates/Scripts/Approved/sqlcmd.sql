-- dotnet safe-migrate script, 1 of 1: ShopContext on SQL Server
--
--   run     sqlcmd -S "$SERVER" -d "$DATABASE" -b -x -I -i 01-Parts.sql
--   does    20260101000000_Initial (expand)
--           20260102000000_Parts (expand)
--   before  Look for long transactions: a step that does not get its lock soon gives up, and the file stops.
--   again   It may be run as often as needed: what is done is passed over, and a run that was stopped is gone on with.
--   next    Nothing; this is the last file.
--   UNTRIED No sqlcmd has run a file like this one yet; try it on a copy of the database first.

:on error exit
SET XACT_ABORT ON;
SET NOCOUNT ON;
SET LOCK_TIMEOUT 2000;
GO
IF @@TRANCOUNT > 0 THROW 50000, N'This file commits by itself, and is run inside a transaction. Nothing was changed.', 1;
DECLARE @taken int;
EXEC @taken = sp_getapplock @Resource = N'safe-migrate', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
IF @taken < 0 THROW 50000, N'Another run is at work on this database. Nothing was changed.', 1;
GO
CREATE TABLE IF NOT EXISTS [__EFMigrationsHistory] ([MigrationId] varchar(150) NOT NULL PRIMARY KEY, [ProductVersion] varchar(32) NOT NULL);
GO
IF EXISTS (SELECT 1 FROM [__EFMigrationsHistory]) AND NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] IN (N'20260101000000_Initial', N'20260102000000_Parts')) THROW 50000, N'The history holds migrations, and none of this project. Nothing was changed.', 1;
GO
IF OBJECT_ID(N'[dbo].[__safe_migrate_script]') IS NULL CREATE TABLE [dbo].[__safe_migrate_script] (migration nvarchar(150) PRIMARY KEY, checksum char(64) NOT NULL, done int NOT NULL, begun int NULL);
GO

-- 20260101000000_Initial (expand)
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260101000000_Initial')
BEGIN
    PRINT N'20260101000000_Initial expand';
    BEGIN TRANSACTION;
    EXEC(N'CREATE TABLE [items] ([id] int NOT NULL);');
    EXEC(N'INSERT INTO [items] VALUES (1), (''it''''s
' + N'GO
not $(a) variable'');');
    EXEC(N'INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (''20260101000000_Initial'', ''10.0.14'');');
    COMMIT;
END
GO

-- 20260102000000_Parts (expand)
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260102000000_Parts') AND EXISTS (SELECT 1 FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts' AND checksum <> '86997087fd99d6b4e4babc0d9095a7d34d305c1d8eec90127ca9e207dc8e23a9') THROW 50000, N'20260102000000_Parts was edited after a part of it had been committed.', 1;
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260102000000_Parts') AND EXISTS (SELECT 1 FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts' AND begun IS NOT NULL) THROW 50000, N'20260102000000_Parts was stopped in a statement outside a transaction: look whether it took effect, and correct its row in [dbo].[__safe_migrate_script].', 1;
GO
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260102000000_Parts') AND COALESCE((SELECT done FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'), 0) < 1
BEGIN
    PRINT N'20260102000000_Parts expand';
    BEGIN TRANSACTION;
    EXEC(N'UPDATE [items] SET [id] = 2;');
    DELETE FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'; INSERT INTO [dbo].[__safe_migrate_script] VALUES (N'20260102000000_Parts', '86997087fd99d6b4e4babc0d9095a7d34d305c1d8eec90127ca9e207dc8e23a9', 1, NULL);
    COMMIT;
END
GO
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260102000000_Parts') AND COALESCE((SELECT done FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'), 0) < 2
BEGIN
    PRINT N'20260102000000_Parts expand';
    DELETE FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'; INSERT INTO [dbo].[__safe_migrate_script] VALUES (N'20260102000000_Parts', '86997087fd99d6b4e4babc0d9095a7d34d305c1d8eec90127ca9e207dc8e23a9', 1, 1);
    EXEC(N'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON;');
    DELETE FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'; INSERT INTO [dbo].[__safe_migrate_script] VALUES (N'20260102000000_Parts', '86997087fd99d6b4e4babc0d9095a7d34d305c1d8eec90127ca9e207dc8e23a9', 2, NULL);
END
GO
IF NOT EXISTS (SELECT 1 FROM [__EFMigrationsHistory] WHERE [MigrationId] = N'20260102000000_Parts') AND COALESCE((SELECT done FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts'), 0) < 4
BEGIN
    PRINT N'20260102000000_Parts expand';
    BEGIN TRANSACTION;
    EXEC(N'UPDATE [items] SET [id] = 3;');
    EXEC(N'INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (''20260102000000_Parts'', ''10.0.14'');');
    DELETE FROM [dbo].[__safe_migrate_script] WHERE migration = N'20260102000000_Parts';
    COMMIT;
END
GO

EXEC sp_releaseapplock @Resource = N'safe-migrate', @LockOwner = N'Session';
GO
