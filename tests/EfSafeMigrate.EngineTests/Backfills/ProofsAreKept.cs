using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.EngineTests.Backfills;

/// <summary>What the look at a backfilled table says, and what it does not say.</summary>
public abstract class ProofsAreKept(TestDatabase database)
{
    private const int Rows = 2500;

    private static readonly bool Full = Environment.GetEnvironmentVariable("SAFE_MIGRATE_FULL") == "1";

    private readonly Amounts amounts = new(database);

    private BackfillForms Forms => database.Engine.Backfill;

    [Fact]
    public async Task A_table_with_all_its_values_is_proven_chunk_by_chunk()
    {
        await using var filling = await FilledAsync();
        var proven = (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<Proven>();
        proven.Rows.ShouldBe(Rows);
        proven.Chunks.ShouldBeGreaterThanOrEqualTo(3);
        (proven.Digest is null).ShouldBe(!Forms.Hashes);
        filling.News.OfType<VerifyProgress>().Last().ShouldSatisfyAllConditions(last => last.Rows.ShouldBe(Rows), last => last.Total.ShouldBe(Rows), last => last.Chunks.ShouldBe(proven.Chunks));
    }

    [Fact]
    public async Task One_wrong_value_is_found_and_written_again_only_where_that_is_wanted()
    {
        var rows = Full ? 1_000_000 : Rows;
        await using var filling = await FilledAsync(rows);
        await database.ExecuteAsync("UPDATE amounts SET twice = -1 WHERE id = 1717");
        var chunk = (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<Differs>().Chunks.ShouldHaveSingleItem();
        chunk.Compared.Differing.ShouldBe(1);
        chunk.Keys.ShouldHaveSingleItem().ShouldBe(["1717"]);
        int.Parse(chunk.Compared.Range.After?[0] ?? "0").ShouldBeLessThan(1717);
        int.Parse(chunk.Compared.Range.UpTo?[0] ?? "999999999").ShouldBeGreaterThanOrEqualTo(1717);
        (await ValueAsync(1717)).ShouldBe("-1");
        filling.News.OfType<ChunkDiffers>().ShouldHaveSingleItem().Chunk.Compared.Range.ShouldBe(chunk.Compared.Range);

        (await filling.VerifyAsync(Amounts.Spec, new() { Repair = true })).ShouldBeOfType<Proven>().Rows.ShouldBe(rows);
        (await ValueAsync(1717)).ShouldBe($"{1717 * 6}");
        filling.News.OfType<ChunkRepaired>().ShouldHaveSingleItem().Written.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_repaired_still_differs()
    {
        await amounts.PlantAsync(Rows, id => id is 1200 or 1300);
        await using var filling = new Filling(database);
        await filling.RunAsync(Amounts.Spec, new() { OnRowError = OnRowError.SkipAndList });
        await database.ExecuteAsync("UPDATE amounts SET twice = -1 WHERE id = 1250");
        var differs = (await filling.VerifyAsync(Amounts.Spec, new() { Repair = true })).ShouldBeOfType<Differs>();
        differs.Chunks.SelectMany(chunk => chunk.Keys).Select(key => key[0]).ShouldBe(["1200", "1300"]);
        differs.Rows.ShouldBe(2);
        (await ValueAsync(1250)).ShouldBe($"{1250 * 6}");
    }

    [Fact]
    public async Task An_empty_table_proves_nothing()
    {
        await amounts.PlantAsync(0);
        await using var filling = new Filling(database);
        await filling.RunAsync(Amounts.Spec);
        (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<NotProven>().ShouldSatisfyAllConditions(not => not.Why.ShouldBe(Doubt.EmptyTable), not => not.HasNothing.ShouldBeTrue());
    }

    [Fact]
    public async Task A_condition_that_holds_for_no_row_proves_nothing()
    {
        await using var filling = await FilledAsync();
        (await filling.VerifyAsync(Amounts.Spec with { Where = "amount < 0" })).ShouldBeOfType<NotProven>().Why.ShouldBe(Doubt.NoRowConcerned);
    }

    [Fact]
    public async Task Rows_that_a_condition_leaves_out_may_have_any_value()
    {
        await using var filling = await FilledAsync();
        await database.ExecuteAsync("UPDATE amounts SET twice = -1 WHERE id = 1717");
        (await filling.VerifyAsync(Amounts.Spec with { Where = "id <> 1717" })).ShouldBeOfType<Proven>();
    }

    [Fact]
    public async Task Values_that_are_there_are_right_where_only_missing_ones_are_filled()
    {
        await using var filling = await FilledAsync();
        await database.ExecuteAsync("UPDATE amounts SET twice = -1 WHERE id = 1717");
        (await filling.VerifyAsync(Amounts.Spec with { NullsOnly = true })).ShouldBeOfType<Proven>();
        await database.ExecuteAsync("UPDATE amounts SET twice = NULL WHERE id = 1717");
        (await filling.VerifyAsync(Amounts.Spec with { NullsOnly = true })).ShouldBeOfType<Differs>().Rows.ShouldBe(1);
    }

    [Fact]
    public async Task A_comparison_that_the_server_refuses_proves_nothing()
    {
        await using var filling = await FilledAsync();
        var wrong = Changed(Forms with { Compare = (_, _) => new("SELECT count(*) FROM there_is_no_such_table") });
        (await filling.VerifyAsync(Amounts.Spec, changed: wrong)).ShouldBeOfType<NotProven>().Why.ShouldBe(Doubt.QueryFailed);
    }

    public static TheoryData<string> Mutants =>
    [
        "the trigger is removed", "the trigger is another one", "up and down are swapped in the trigger", "up and down are swapped in the backfill",
        "the last batch is skipped", "the bound is one too low", "each batch begins one too late", "a NULL is left", "the values of two rows are swapped",
        "a row is left out of each chunk", "the walk ends after its first chunk", "the walk stands still", "the table is counted twice over",
    ];

    [Theory]
    [MemberData(nameof(Mutants))]
    public async Task Every_mutant_of_the_world_is_caught(string mutant)
    {
        await amounts.PlantAsync(Rows);
        await using var filling = new Filling(database);
        var settings = new BackfillSettings { BatchSize = 400 };
        (Engine Drains, Engine Looks, BackfillSpec Drained) world = (database.Engine, database.Engine, Amounts.Spec);
        Func<Task> spoil = () => Task.CompletedTask;
        var expected = "Differs";
        switch (mutant)
        {
            case "the trigger is removed":
                (spoil, expected) = (amounts.DropTriggerAsync, "Trigger");
                break;
            case "the trigger is another one":
                (world.Looks, expected) = (Changed(Forms with { Fires = (table, trigger) => Forms.Fires(table, $"{trigger}_2") }), "Trigger");
                break;
            case "up and down are swapped in the trigger":
                spoil = async () =>
                {
                    await amounts.DropTriggerAsync();
                    await amounts.FillNewAsync("NEW.amount / 2");
                    await amounts.InsertAsync((Rows + 1, 1000));
                };
                break;
            case "up and down are swapped in the backfill":
                world.Drained = Amounts.Spec with { Expression = "amount / 2" };
                break;
            case "the last batch is skipped":
                world.Drains = Changed(Forms with { Last = walk => Forms.Nth(walk, KeyRange.All, Rows - 400) });
                break;
            case "the bound is one too low":
                world.Drains = Changed(Forms with { Last = walk => Forms.Nth(walk, KeyRange.All, Rows - 1) });
                break;
            case "each batch begins one too late":
                world.Drains = Changed(Forms with { Write = (walk, range) => Forms.Write(walk, Later(range)), WriteAtOnce = null });
                break;
            case "a NULL is left":
                spoil = () => database.ExecuteAsync("UPDATE amounts SET twice = NULL WHERE id = 17");
                break;
            case "the values of two rows are swapped":
                spoil = () => database.ExecuteAsync("UPDATE amounts SET twice = CASE id WHEN 17 THEN 18 * 6 ELSE 17 * 6 END WHERE id IN (17, 18)");
                break;
            case "a row is left out of each chunk":
                (world.Looks, expected) = (Changed(Forms with { Compare = (walk, range) => Forms.Compare(walk, Later(range)) }), "RowCount");
                break;
            case "the walk ends after its first chunk":
                (world.Looks, expected) = (Changed(Forms with { Nth = (walk, range, n) => range.After is null ? Forms.Nth(walk, range, n) : Forms.Nth(walk, range, 10 * Rows), Compare = (walk, range) => Forms.Compare(walk, range.After is null ? range : range with { UpTo = range.After }) }), "RowCount");
                break;
            case "the walk stands still":
                (world.Looks, expected) = (Changed(Forms with { Nth = (walk, range, n) => range.After is null ? Forms.Nth(walk, range, n) : Forms.Nth(walk, new(null, range.After), int.Parse(range.After[0])) }), "ChunksDoNotMeet");
                break;
            case "the table is counted twice over":
                (world.Looks, expected) = (Changed(Forms with { Count = (walk, range) => new($"SELECT 2 * ({Forms.Count(walk, range).Sql})", Forms.Count(walk, range).Parameters) }), "RowCount");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mutant));
        }
        await new Backfill(await filling.ContextAsync(settings) with { Engine = world.Drains }, "amounts", world.Drained).RunAsync(CancellationToken.None);
        await spoil();
        var verdict = await filling.VerifyAsync(Amounts.Spec, changed: world.Looks);
        (verdict is NotProven not ? not.Why.ToString() : verdict.GetType().Name).ShouldBe(expected);
    }

    private protected async Task<Filling> FilledAsync(int rows = Rows)
    {
        await amounts.PlantAsync(rows);
        var filling = new Filling(database);
        (await filling.RunAsync(Amounts.Spec)).Changed.ShouldBe(rows);
        return filling;
    }

    private Task<string?> ValueAsync(int id) => amounts.OneAsync($"SELECT twice FROM amounts WHERE id = {id}");

    private Engine Changed(BackfillForms forms) => database.Engine with { Backfill = forms };

    /// <summary>Off by one.</summary>
    private static KeyRange Later(KeyRange range) => range with { After = [$"{int.Parse(range.After?[0] ?? "0") + 1}"] };
}

public sealed class ProofsAreKeptOnPostgres(PostgresDatabase database) : ProofsAreKept(database), IClassFixture<PostgresDatabase>
{
    [Theory]
    [InlineData("DISABLE TRIGGER amounts_fill")]
    [InlineData("DISABLE TRIGGER USER")]
    [InlineData("ENABLE REPLICA TRIGGER amounts_fill")]
    public async Task A_trigger_that_does_not_fire_is_caught(string alteration)
    {
        await using var filling = await FilledAsync();
        await database.ExecuteAsync($"ALTER TABLE amounts {alteration}");
        (await filling.VerifyAsync(Amounts.Spec)).ShouldBeOfType<NotProven>().Sentence.ShouldBe(
            "amounts.twice: the trigger amounts_fill is not on the table, or does not fire: rows that are written now do not get their value.");
    }

    [Fact]
    public async Task A_comparison_that_sees_no_difference_is_caught_by_its_digest()
    {
        await using var filling = await FilledAsync();
        await database.ExecuteAsync("UPDATE amounts SET twice = CASE id WHEN 17 THEN 18 * 6 ELSE 17 * 6 END WHERE id IN (17, 18)");
        var forms = database.Engine.Backfill;
        var blind = database.Engine with
        {
            Backfill = forms with
            {
                Compare = (walk, range) => forms.Compare(walk, range) is var ask ? new(ask.Sql.Replace("FILTER (WHERE differs)", "FILTER (WHERE false)", StringComparison.Ordinal), ask.Parameters) : null!,
            },
        };
        (await filling.VerifyAsync(Amounts.Spec, changed: blind)).ShouldBeOfType<NotProven>().Why.ShouldBe(Doubt.Digest);
    }

    [Fact]
    public async Task A_row_that_the_expression_fails_on_differs()
    {
        await database.ExecuteAsync("DROP TABLE IF EXISTS numbers; CREATE TABLE numbers (id int PRIMARY KEY, text text, number int); INSERT INTO numbers SELECT g, CASE WHEN g IN (7, 900) THEN 'x' ELSE g::text END, g FROM generate_series(1, 2000) g");
        await using var filling = new Filling(database);
        var differs = (await filling.VerifyAsync(Filling.Spec("numbers", "id", "number", "CAST(text AS int)"), new() { Repair = true })).ShouldBeOfType<Differs>();
        differs.Rows.ShouldBe(2);
        differs.Chunks.SelectMany(chunk => chunk.Keys).Select(key => key[0]).ShouldBe(["7", "900"]);
        differs.Chunks.Sum(chunk => chunk.Compared.Rows).ShouldBe(1000);
    }

    [Fact]
    public async Task A_table_without_a_key_is_proven_by_its_places()
    {
        await new Amounts(database).PlantAsync(2000, key: "");
        await using var filling = new Filling(database);
        var spec = Amounts.Spec with { Key = [] };
        await filling.RunAsync(spec);
        (await filling.VerifyAsync(spec)).ShouldBeOfType<Proven>().Rows.ShouldBe(2000);
        await database.ExecuteAsync("UPDATE amounts SET twice = NULL WHERE id = 700");
        (await filling.VerifyAsync(spec)).ShouldBeOfType<Differs>().Rows.ShouldBe(1);
        (await filling.VerifyAsync(spec, new() { Repair = true })).ShouldBeOfType<Proven>().Rows.ShouldBe(2000);
    }

    [Fact]
    public async Task A_table_that_others_write_to_is_proven_while_they_do()
    {
        await using var filling = await FilledAsync();
        using var over = new CancellationTokenSource();
        var others = Task.Run(async () =>
        {
            for (var id = 10_000; !over.IsCancellationRequested; id++)
            {
                await database.ExecuteAsync($"INSERT INTO amounts (id, amount) VALUES ({id}, {id % 1000})");
            }
        });
        (await filling.VerifyAsync(Amounts.Spec, chunkRows: 50)).ShouldBeOfType<Proven>();
        await over.CancelAsync();
        await others;
    }
}

public sealed class ProofsAreKeptOnMariaDb(MariaDbDatabase database) : ProofsAreKept(database), IClassFixture<MariaDbDatabase>;

public sealed class ProofsAreKeptOnSqlite(SqliteDatabase database) : ProofsAreKept(database), IClassFixture<SqliteDatabase>;
