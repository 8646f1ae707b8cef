using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using Npgsql;

namespace EfSafeMigrate.EngineTests.Plans;

public class AKeyGetsWider
{
    private const string Beyond = "3000000000";

    [Fact]
    public async Task Both_releases_write_and_read_through_every_phase_and_past_the_old_type()
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named("widen a key with its references"));
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        var start = await database.TextAsync(planCase.Kept.Before!);
        using var end = new CancellationTokenSource();
        var writers = Enumerable.Range(1, 4).Select(number => new OrderWriter(database.Source, number, wide: number % 2 == 0)).ToList();
        var writing = writers.Select(writer => Task.Run(() => writer.RunAsync(end.Token))).ToList();
        foreach (var migration in plan.Migrations)
        {
            await WaitForTurnsAsync(writers);
            await RunAsync(database, migration.Up);
        }
        await WaitForTurnsAsync(writers);
        await end.CancelAsync();
        await Task.WhenAll(writing);
        (await database.TextAsync("""SELECT "Id", "ParentId", "Number", NULL FROM "Orders" WHERE "Number" <= 2500 UNION ALL SELECT "OrderId", "Number", NULL, "Text" FROM "Lines" WHERE "OrderId" <= 2500 UNION ALL SELECT "Id", "OrderId", NULL, NULL FROM "Payments" WHERE "Id" <= 1500 ORDER BY 1, 2, 3, 4""")).ShouldBe(start, "rows that nobody wrote");
        (await database.TextAsync("""SELECT "Id", "ParentId", "Number" FROM "Orders" WHERE "Number" > 2500 ORDER BY 1""")).ShouldBe(OrderWriter.Text(writers.SelectMany(writer => writer.Orders)));
        (await database.TextAsync("""SELECT "OrderId", "Number" FROM "Lines" WHERE "OrderId" > 2500 ORDER BY 1, 2""")).ShouldBe(OrderWriter.Text(writers.SelectMany(writer => writer.Lines)));
        (await database.TextAsync("""SELECT "Id", "OrderId" FROM "Payments" WHERE "Id" > 1500 ORDER BY 1""")).ShouldBe(OrderWriter.Text(writers.SelectMany(writer => writer.Payments)));

        await database.RunAsync($"""
            SELECT setval(pg_get_serial_sequence('"Orders"', 'Id'), {Beyond});
            INSERT INTO "Orders" ("Number") VALUES (-1);
            INSERT INTO "Orders" ("ParentId", "Number") SELECT "Id", -2 FROM "Orders" WHERE "Number" = -1;
            INSERT INTO "Lines" ("OrderId", "Number", "Text") SELECT "Id", 1, '' FROM "Orders" WHERE "Number" < 0;
            INSERT INTO "Payments" ("OrderId") SELECT "Id" FROM "Orders" WHERE "Number" < 0;
            """);
        (await database.TextAsync("""SELECT "Id", "ParentId" FROM "Orders" WHERE "Number" < 0 ORDER BY 1""")).ShouldBe("3000000001 | NULL\n3000000002 | 3000000001");
        var refused = await Should.ThrowAsync<PostgresException>(() => database.RunAsync(plan.Migrations[^1].Down));
        refused.MessageText.ShouldBe("integer has no room for the values that Orders.Id holds by now");
        (await database.TextAsync($"""SELECT count(*) FROM "Orders" WHERE "Id" > {Beyond}""")).ShouldBe("2", "nothing was undone");
    }

    [Fact]
    public async Task What_the_model_does_not_know_of_is_named_and_nothing_is_lost()
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named("widen a key with its references"));
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source);
        const string Others = """
            CREATE VIEW "Big" AS SELECT "Id" FROM "Orders" WHERE "Number" > 5;
            CREATE INDEX by_hand ON "Payments" ("OrderId" DESC);
            CREATE STATISTICS together ON "Id", "ParentId" FROM "Orders";
            CREATE TABLE unknown (id integer CONSTRAINT to_orders REFERENCES "Orders" ("Id"));
            ALTER TABLE "Lines" ADD CONSTRAINT positive CHECK ("OrderId" > 0);
            CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER noted AFTER UPDATE OF "ParentId" ON "Orders" FOR EACH ROW EXECUTE FUNCTION noted();
            GRANT SELECT ("OrderId") ON "Lines" TO PUBLIC;
            """;
        const string Without = """
            DROP VIEW "Big"; DROP INDEX by_hand; DROP STATISTICS together; DROP TABLE unknown; ALTER TABLE "Lines" DROP CONSTRAINT positive; DROP TRIGGER noted ON "Orders"; DROP FUNCTION noted;
            REVOKE SELECT ("OrderId") ON "Lines" FROM PUBLIC;
            """;
        await database.RunAsync(Others);
        await RefusedAsync(plan.Migrations[0]);
        await database.RunAsync(Without);
        foreach (var migration in plan.Migrations.SkipLast(1))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync(Others);
        await RefusedAsync(plan.Migrations[^1]);
        await database.RunAsync(Without);
        await database.RunAsync(plan.Migrations[^1].Up);

        async Task RefusedAsync(PlannedMigration migration)
        {
            var before = await database.SchemaAsync();
            var refused = await Should.ThrowAsync<PostgresException>(() => database.RunAsync(migration.Up));
            foreach (var name in new[] { "view \"Big\" on \"Orders\".\"Id\"", "index by_hand", "statistics object together", "constraint to_orders", "constraint positive", "trigger noted", "rights on \"Lines\".\"OrderId\"" })
            {
                refused.MessageText.ShouldContain(name);
            }
            refused.MessageText.ShouldNotContain("PK_");
            (await database.SchemaAsync()).ShouldBe(before);
        }
    }

    [Theory]
    [InlineData(""" ("OrderId" DESC)""")]
    [InlineData(""" ("OrderId") WITH (fillfactor = 70)""")]
    public async Task An_index_that_has_more_to_it_than_the_model_says_is_named_as_well(string definition)
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named("widen a key with its references"));
        await using var database = await PlanDatabase.CreateAsync(planCase.Source);
        await database.RunAsync($"""DROP INDEX "IX_Payments_OrderId"; CREATE INDEX "IX_Payments_OrderId" ON "Payments"{definition};""");
        (await Should.ThrowAsync<PostgresException>(() => database.RunAsync(planCase.Plan().Migrations[0].Up))).MessageText.ShouldEndWith(": index \"IX_Payments_OrderId\" on \"Payments\".\"OrderId\"");
    }

    [Theory]
    [InlineData("""integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5 MAXVALUE 100000 CACHE 1 CYCLE)""", 505, "bigint 5 100000 t a")]
    [InlineData("""integer GENERATED BY DEFAULT AS IDENTITY""", 501, "bigint 1 9223372036854775807 f d")]
    [InlineData("serial", 501, "bigint 1 9223372036854775807 f ")]
    public async Task The_numbers_go_on_where_they_were(string definition, int second, string sequence)
    {
        static string Table(string type) => $"""CREATE TABLE "Numbered" ("Id" {type} NOT NULL, "Text" text, CONSTRAINT "PK_Numbered" PRIMARY KEY ("Id"));""";
        var plan = (await PlanDatabase.OfServerAsync(new("numbers", Table("integer"), Table("bigint")))).Plan();
        await using var database = await PlanDatabase.CreateAsync(Table(definition));
        const string State = """
            SELECT concat_ws(' ', format_type(seqtypid, NULL), seqincrement, seqmax, seqcycle, attidentity) FROM pg_sequence s, pg_attribute
            WHERE seqrelid = pg_get_serial_sequence('"Numbered"', 'Id')::regclass AND attrelid = '"Numbered"'::regclass AND attname = 'Id'
            """;
        var before = await database.TextAsync(State);
        // A number that was set and not given yet is given next.
        await database.RunAsync("""COMMENT ON COLUMN "Numbered"."Id" IS 'its number'; SELECT setval(pg_get_serial_sequence('"Numbered"', 'Id'), 500, false);""");
        await ToAsync(plan.Migrations, migration => migration.Up);
        (await database.TextAsync(State)).ShouldBe(sequence);
        (await InsertAsync()).ShouldBe("500");
        (await InsertAsync()).ShouldBe(second.ToString(CultureInfo.InvariantCulture));
        await ToAsync([.. plan.Migrations.Reverse()], migration => migration.Down);
        (await database.TextAsync(State)).ShouldBe(before);
        (await InsertAsync()).ShouldBe((second + second - 500).ToString(CultureInfo.InvariantCulture));
        (await database.TextAsync("""SELECT col_description('"Numbered"'::regclass, attnum) FROM pg_attribute WHERE attrelid = '"Numbered"'::regclass AND attname = 'Id'""")).ShouldBe("its number");

        Task<string> InsertAsync() => database.TextAsync("""INSERT INTO "Numbered" DEFAULT VALUES RETURNING "Id" """);
        async Task ToAsync(IReadOnlyList<PlannedMigration> migrations, Func<PlannedMigration, IReadOnlyList<Step>> steps)
        {
            foreach (var migration in migrations)
            {
                await database.RunAsync(steps(migration));
            }
        }
    }

    [Fact]
    public async Task Nobody_waits_behind_a_contract_that_waits()
    {
        var planCase = await PlanDatabase.OfServerAsync(PlanCases.Named("widen a key with its references"));
        var plan = planCase.Plan();
        await using var database = await PlanDatabase.CreateAsync(planCase.Source + planCase.Rows);
        foreach (var migration in plan.Migrations.SkipLast(1))
        {
            await database.RunAsync(migration.Up);
        }
        await using var holder = await database.Source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var update = new NpgsqlCommand("""UPDATE "Payments" SET "OrderId" = 1 WHERE "Id" = 1""", holder, held))
        {
            await update.ExecuteNonQueryAsync();
        }
        var contract = Task.Run(() => database.RunAsync(plan.Migrations[^1].Up));
        await database.WaitAsync("""SELECT count(*) > 0 FROM pg_locks WHERE mode = 'ShareUpdateExclusiveLock' AND relation = '"Orders"'::regclass""", "True");
        for (var turn = 0; turn < 20; turn++)
        {
            await database.RunAsync("""SET statement_timeout = '10s'; UPDATE "Orders" SET "Number" = "Number" WHERE "Id" = 7; SELECT count(*) FROM "Payments"; RESET statement_timeout;""");
            await Task.Delay(50);
        }
        contract.IsCompleted.ShouldBeFalse();
        // What the application holds it can go on with: the other table is not kept from it.
        await using (var update = new NpgsqlCommand("""UPDATE "Orders" SET "Number" = "Number" WHERE "Id" = 1""", holder, held))
        {
            await update.ExecuteNonQueryAsync();
        }
        await held.CommitAsync();
        await contract;
        (await database.TextAsync("""SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = '"Payments"'::regclass AND attname = 'OrderId'""")).ShouldBe("bigint");
    }

    /// <summary>Every writer gets ten more turns.</summary>
    private static async Task WaitForTurnsAsync(IReadOnlyList<OrderWriter> writers)
    {
        var goals = writers.Select(writer => writer.Turns + 10).ToList();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (writers.Zip(goals).Any(pair => pair.First.Turns < pair.Second && pair.First.Failure is null))
        {
            await Task.Delay(10, limit.Token);
        }
        writers.Select(writer => writer.Failure?.ToString()).ShouldAllBe(failure => failure == null);
    }

    /// <summary>A migration that does not get its lock gives up, and is run again.</summary>
    private static async Task RunAsync(PlanDatabase database, IReadOnlyList<Step> steps)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await database.RunAsync(steps);
                return;
            }
            catch (PostgresException refused) when (refused.SqlState == "55P03" && tries < 20)
            {
                await Task.Delay(50);
            }
        }
    }
}
