using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Busy.Migrations;

[DbContext(typeof(PlainContext)), Migration("20260102000000_AddTier")]
public class AddTier : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.AddColumn<string>(name: "Tier", table: "Notes", type: "text", nullable: true);
}

[DbContext(typeof(ConcurrentContext)), Migration("20260102000000_IndexTitle")]
public class IndexTitle : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("CREATE INDEX CONCURRENTLY \"IX_Notes_Title\" ON \"Notes\" (\"Title\")", suppressTransaction: true);
}

[DbContext(typeof(UniqueContext)), Migration("20260102000000_UniqueTitle")]
public class UniqueTitle : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.CreateIndex(name: "IX_Notes_Title", table: "Notes", column: "Title", unique: true);
}

[DbContext(typeof(SlowContext)), Migration("20260102000000_Slow")]
public class Slow : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Tier", table: "Notes", type: "text", nullable: true);
        migrationBuilder.Sql("SELECT pg_sleep(10)");
    }
}

[DbContext(typeof(PruneContext)), Migration("20260102000000_Prune")]
public class Prune : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("DELETE FROM \"Notes\" WHERE \"Id\" <= 3");
}

/// <summary>In its transaction for as long as somebody holds the lock 42.</summary>
[DbContext(typeof(WaitingContext)), Migration("20260102000000_Wait")]
public class Wait : NotesMigration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DO $$ BEGIN
            WHILE EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                WHERE l.locktype = 'advisory' AND l.objid = 42 AND d.datname = current_database()) LOOP
                PERFORM pg_sleep(0.02);
            END LOOP;
        END $$
        """);
}
