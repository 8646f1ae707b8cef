using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

public class ScriptsAreRead
{
    [Fact]
    public void Each_statement_keeps_its_place()
    {
        var changes = Script("-- one\nALTER TABLE a ADD COLUMN x int;  DROP TABLE b;\r\n\r\nDO $$\nBEGIN\n  DROP TABLE c;\nEND $$;").Migrations.Single().Changes;

        changes.Select(change => (change.Origin.Line, change.Origin.Column)).ShouldBe([(2, 1), (2, 34), (6, 3)]);
        changes.ShouldAllBe(change => change.Origin.File == "a.sql");
    }

    [Theory]
    [InlineData("explicit", "out in out")]
    [InlineData("migration", "in in in")]
    [InlineData("none", "out out out")]
    public void Who_runs_it_decides_the_transactions(string transaction, string expected) =>
        string.Join(' ', Script("DROP TABLE a; BEGIN; DROP TABLE b; COMMIT; DROP TABLE c;", Enum.Parse<ScriptTransaction>(transaction, ignoreCase: true)).Migrations.Single().Changes
            .OfType<DropTable>().Select(change => change.InTransaction ? "in" : "out")).ShouldBe(expected);

    [Fact]
    public void A_script_of_EF_is_its_migrations()
    {
        var set = Script("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32));
            START TRANSACTION;
            DROP TABLE a;
            INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
            VALUES ('20260101000000_A', '10.0.14');
            COMMIT;
            CREATE INDEX CONCURRENTLY ix ON t (c);
            INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
            VALUES ('20260102000000_B', '10.0.14');
            """);

        set.Migrations.Select(migration => (migration.Id, string.Join(' ', migration.Changes.Select(change => change.GetType().Name)))).ShouldBe(
            [("20260101000000_A", "TransactionControl DropTable TransactionControl"), ("20260102000000_B", "CreateIndex")]);
        set.Migrations[1].Changes[0].InTransaction.ShouldBeFalse();
        set.Migrations.ShouldAllBe(migration => migration.IsScript && migration.History != null);
    }

    [Fact]
    public void A_history_of_another_name_is_EFs_as_well() =>
        Script("""
            CREATE TABLE IF NOT EXISTS "shop"."__Billing" ("migration_id" varchar(150) PRIMARY KEY);
            DROP TABLE a;
            INSERT INTO "shop"."__Billing" ("migration_id", "product_version") VALUES ('20260101000000_A', '9.0.22');
            """).Migrations.Single().Changes.ShouldHaveSingleItem().ShouldBeOfType<DropTable>();

    [Fact]
    public void A_migration_taken_back_is_named_so() =>
        Script("""DROP TABLE a; DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260101000000_A'; COMMIT;""").Migrations.Single().Id.ShouldBe("20260101000000_A (taken back)");

    [Fact]
    public void An_idempotent_script_of_PostgreSQL_is_looked_into()
    {
        var script = new ScriptReader("a.sql", SqlDialect.Postgres, ScriptTransaction.Explicit).Read("""
            START TRANSACTION;
            DO $EF$
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260101000000_A') THEN
                DROP TABLE a;
                END IF;
            END $EF$;
            DO $EF$
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260101000000_A') THEN
                INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
                VALUES ('20260101000000_A', '8.0.33');
                END IF;
            END $EF$;
            COMMIT;
            """, DatabaseModel.Empty);

        script.IsIdempotent.ShouldBeTrue();
        var migration = script.Changes.Migrations.Single();
        migration.Name.ShouldBe("A");
        migration.Changes.OfType<DropTable>().Single().Origin.Line.ShouldBe(5);
    }

    [Fact]
    public void An_idempotent_script_of_MySQL_is_looked_into()
    {
        var script = new ScriptReader("a.sql", SqlDialect.MySql, ScriptTransaction.Explicit).Read("""
            DROP PROCEDURE IF EXISTS MigrationsScript;
            DELIMITER //
            CREATE PROCEDURE MigrationsScript()
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM `__EFMigrationsHistory` WHERE `MigrationId` = '20260101000000_A') THEN

                ALTER TABLE `a` ADD `x` int NOT NULL;

                END IF;
            END //
            DELIMITER ;
            CALL MigrationsScript();
            DROP PROCEDURE MigrationsScript;

            DROP PROCEDURE IF EXISTS MigrationsScript;
            DELIMITER //
            CREATE PROCEDURE MigrationsScript()
            BEGIN
                IF NOT EXISTS(SELECT 1 FROM `__EFMigrationsHistory` WHERE `MigrationId` = '20260101000000_A') THEN

                INSERT INTO `__EFMigrationsHistory` (`MigrationId`, `ProductVersion`)
                VALUES ('20260101000000_A', '8.0.33');

                END IF;
            END //
            DELIMITER ;
            CALL MigrationsScript();
            DROP PROCEDURE MigrationsScript;
            """, DatabaseModel.Empty);

        script.IsIdempotent.ShouldBeTrue();
        script.Changes.Migrations[0].Id.ShouldBe("20260101000000_A");
        script.Changes.Migrations[0].Changes.OfType<AddColumn>().ShouldHaveSingleItem();
        script.Changes.Migrations.SelectMany(migration => migration.Changes).OfType<OpaqueSql>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("EXECUTE 'DROP TABLE a'")]
    [InlineData("EXECUTE $q$DROP TABLE a$q$")]
    [InlineData("EXECUTE 'DROP ' || 'TABLE a'::text")]
    [InlineData("EXECUTE format('DROP TABLE %I', 'a')")]
    [InlineData("EXECUTE format('DROP %s %I', 'TABLE', 'a') USING 1")]
    [InlineData("EXECUTE 'DROP TABLE ' || quote_ident('a')")]
    [InlineData("RETURN QUERY EXECUTE 'DROP TABLE a'")]
    [InlineData("PERFORM dropped()")]
    public void What_is_executed_from_literals_is_read(string statement) =>
        Inside(statement).OfType<DropTable>().Single().Table.Name.ShouldBe("a");

    [Theory]
    [InlineData("EXECUTE 'DROP TABLE ' || it")]
    [InlineData("EXECUTE format('DROP TABLE %I', it)")]
    [InlineData("EXECUTE format('DROP TABLE %1$I', 'a')")]
    [InlineData("EXECUTE E'DROP TABLE \\x61'")]
    [InlineData("EXECUTE it")]
    [InlineData("EXECUTE 'DROP TABLE a' || it")]
    [InlineData("RETURN QUERY EXECUTE it")]
    [InlineData("OPEN c FOR EXECUTE it")]
    [InlineData("RETURN unheard_of()")]
    [InlineData("PERFORM unheard_of()")]
    [InlineData("FOR r IN EXECUTE it LOOP NULL; END LOOP")]
    public void What_is_put_together_at_run_time_is_not(string statement) => Inside(statement).OfType<OpaqueSql>().ShouldHaveSingleItem();

    [Fact]
    public void A_rewritten_table_is_found_in_an_executed_string_of_a_loop() =>
        Inside("FOR r IN EXECUTE 'UPDATE orders SET note = 1 RETURNING id' LOOP NULL; END LOOP").OfType<UpdateRows>().ShouldHaveSingleItem();

    [Theory]
    [InlineData("PREPARE s FROM 'DROP TABLE a'; EXECUTE s; DEALLOCATE PREPARE s;", "HoldText DropTable OtherStatement")]
    [InlineData("PREPARE s FROM @text; EXECUTE s;", "OpaqueSql OpaqueSql")]
    [InlineData("EXECUTE s;", "OpaqueSql")]
    public void MySQL_prepares_a_literal(string sql, string kinds) => Kinds(sql, SqlDialect.MySql).ShouldBe(kinds);

    [Theory]
    [InlineData("PREPARE p AS DROP TABLE a; EXECUTE p;", "OtherStatement DropTable")]
    [InlineData("PREPARE p (int) AS UPDATE t SET a = $1; EXECUTE p (1); EXECUTE p (2);", "OtherStatement UpdateRows UpdateRows")]
    [InlineData("PREPARE p AS SELECT 1; EXECUTE q;", "OtherStatement OpaqueSql")]
    [InlineData("PREPARE", "OtherStatement")]
    [InlineData("EXECUTE PREPARE PREPARE", "OpaqueSql")]
    public void PostgreSQL_runs_a_prepared_statement_where_it_is_executed(string sql, string kinds) => Kinds(sql, SqlDialect.Postgres).ShouldBe(kinds);

    [Fact]
    public void Procedures_that_call_each_other_come_to_an_end()
    {
        var sql = string.Concat(Enumerable.Range(1, 30).Reverse().Select(i => $"CREATE PROCEDURE p{i}() LANGUAGE plpgsql AS $$ BEGIN CALL p{i + 1}(); CALL p{i + 1}(); END $$;\n"));

        Kinds(sql + "CALL p1();", SqlDialect.Postgres).ShouldContain("OpaqueSql");
    }

    [Theory]
    [InlineData("\\set ON_ERROR_STOP on\nDROP TABLE a;", "DropTable")]
    [InlineData("\\restrict x\n\nDROP TABLE a;\n\\unrestrict x\n", "DropTable")]
    [InlineData("\\i more.sql\nDROP TABLE a;", "OpaqueSql DropTable")]
    [InlineData("\\gexec", "OpaqueSql")]
    [InlineData("COPY t (a, b) FROM stdin;\n1\tit's\n\\.\n\nDROP TABLE a;", "OpaqueSql DropTable")]
    public void Lines_for_psql_are_no_part_of_a_statement(string sql, string kinds) => Kinds(sql, SqlDialect.Postgres).ShouldBe(kinds);

    [Fact]
    public void A_copy_that_EF_makes_is_the_change_it_stands_for()
    {
        var model = Reading.Model(SqlDialect.Sqlite, """CREATE TABLE "T" ("Id" INTEGER PRIMARY KEY, "A" TEXT NULL, "B" TEXT NULL); CREATE INDEX "IX_T_A" ON "T" ("A");""");

        var migration = new ScriptReader("a.sql", SqlDialect.Sqlite, ScriptTransaction.Explicit).Read("""
            BEGIN TRANSACTION;
            CREATE TABLE "ef_temp_T" ("Id" INTEGER PRIMARY KEY, "A" TEXT NOT NULL, "C" TEXT AS ("A") STORED);
            INSERT INTO "ef_temp_T" ("Id", "A") SELECT "Id", IFNULL("A", 'it''s') FROM "T";
            COMMIT;
            PRAGMA foreign_keys = 0;
            BEGIN TRANSACTION;
            DROP TABLE "T";
            ALTER TABLE "ef_temp_T" RENAME TO "T";
            COMMIT;
            PRAGMA foreign_keys = 1;
            BEGIN TRANSACTION;
            CREATE INDEX "IX_T_A" ON "T" ("A");
            CREATE INDEX "IX_T_C" ON "T" ("C");
            COMMIT;
            INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20260101000000_A', '10.0.14');
            """, model).Changes.Migrations.Single();

        var changes = migration.Changes.Where(change => change is not TransactionControl).ToArray();
        changes.Select(change => $"{change.Origin.OperationName} {change.TargetColumn} {change.Origin.Line}").ShouldBe(["DropColumn B 2", "AlterColumn A 2", "AddColumn C 2", "Sql C 13"]);
        ((AlterColumn)changes[1]).New.Default.ShouldBe(new("'it''s'", Constant: true));
        ((AlterColumn)changes[1]).BecomesRequired.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE t SET a = 1 INSERT INTO b VALUES (1);", "INSERT INTO")]
    [InlineData("DELETE FROM t WHERE a = 1\nSTART TRANSACTION;", "START TRANSACTION")]
    [InlineData("DO $$ BEGIN IF true THEN UPDATE t SET a = 1 END IF; END $$;", "END IF")]
    public void Two_statements_with_no_semicolon_are_not_one(string sql, string second)
    {
        var opaque = StatementReader.Read(sql, SqlDialect.Postgres, DatabaseModel.Empty).OfType<OpaqueSql>().ShouldHaveSingleItem();

        opaque.Joined.ShouldBeTrue();
        opaque.Why.ShouldContain(second);
    }

    [Theory]
    [InlineData("INSERT INTO a SELECT * FROM (SELECT 1) AS x ON CONFLICT DO NOTHING")]
    [InlineData("UPDATE t SET a = CASE WHEN b THEN 1 END")]
    [InlineData("ALTER TABLE t ADD COLUMN a int, DROP COLUMN b")]
    [InlineData("GRANT INSERT, DELETE ON t TO r")]
    [InlineData("COMMENT ON TABLE t IS 'DROP TABLE t'")]
    public void One_statement_is_not_two(string sql) => StatementReader.Read(sql, SqlDialect.Postgres, DatabaseModel.Empty).OfType<OpaqueSql>().ShouldBeEmpty();

    private static ChangeSet Script(string sql, ScriptTransaction transaction = ScriptTransaction.Explicit) =>
        new ScriptReader("a.sql", SqlDialect.Postgres, transaction).Read(sql, DatabaseModel.Empty).Changes;

    private static IReadOnlyList<Change> Inside(string statement) =>
        [.. StatementReader.Read($"CREATE FUNCTION dropped() RETURNS void LANGUAGE plpgsql AS $f$ BEGIN DROP TABLE a; END $f$; DO $$ DECLARE it text; BEGIN {statement}; END $$;", SqlDialect.Postgres, DatabaseModel.Empty).Skip(1)];

    private static string Kinds(string sql, SqlDialect dialect) =>
        string.Join(' ', StatementReader.Read(sql, dialect, DatabaseModel.Empty).Where(change => change is not CreateFunction).Select(change => change.GetType().Name));
}
