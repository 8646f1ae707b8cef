using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>A step asks for the cheapest algorithm that the server takes, and for none where only a copy does it.</summary>
public class ChangesAskForTheirAlgorithm
{
    private const string Schema = """
        CREATE TABLE p (id int NOT NULL PRIMARY KEY);
        CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int NOT NULL, b varchar(25) CHARACTER SET utf8mb4 NULL, c int NULL, d int NULL, e varchar(40) CHARACTER SET utf8mb4 NULL, f int NULL, u int NOT NULL,
            CONSTRAINT fk_there FOREIGN KEY (f) REFERENCES p (id)) CHARACTER SET utf8mb4;
        CREATE INDEX ix_there ON t (d);
        """;

    private const string Rows = "INSERT INTO p SELECT seq FROM seq_1_to_200; INSERT INTO t SELECT seq, seq % 10, CONCAT('b', seq), seq % 5 + 1, seq, CONCAT('e', seq), seq, seq FROM seq_1_to_200;";

    private static readonly string[] Cheapest = ["INSTANT", "NOCOPY", "INPLACE", "COPY"];

    public static TheoryData<string, string, string> Changes => new()
    {
        { "add a column with a constant default", "ALTER TABLE t ADD n int NOT NULL DEFAULT 0;", "INSTANT" },
        { "drop a column", "ALTER TABLE t DROP COLUMN c;", "INSTANT" },
        { "rename a column", "ALTER TABLE t RENAME COLUMN b TO b2;", "INSTANT" },
        { "set a default", "ALTER TABLE t ALTER COLUMN a SET DEFAULT 7;", "INSTANT" },
        { "add a virtual column", "ALTER TABLE t ADD v int AS (a + 1);", "INSTANT" },
        { "widen text within its class, 100 to 200 bytes", "ALTER TABLE t MODIFY COLUMN b varchar(50) CHARACTER SET utf8mb4 NULL;", "INSTANT" },
        { "widen text beyond 255 bytes", "ALTER TABLE t MODIFY COLUMN e varchar(300) CHARACTER SET utf8mb4 NULL;", "COPY" },
        { "int to bigint", "ALTER TABLE t MODIFY COLUMN a bigint NOT NULL;", "COPY" },
        { "NULL to NOT NULL", "ALTER TABLE t MODIFY COLUMN c int NOT NULL;", "INPLACE" },
        { "NOT NULL to NULL", "ALTER TABLE t MODIFY COLUMN a int NULL;", "INPLACE" },
        { "add an index", "CREATE INDEX ix ON t (a);", "NOCOPY" },
        { "add a unique index", "CREATE UNIQUE INDEX ux ON t (u);", "NOCOPY" },
        { "add a unique constraint", "ALTER TABLE t ADD CONSTRAINT ak UNIQUE (u);", "NOCOPY" },
        { "add a check", "ALTER TABLE t ADD CONSTRAINT ck CHECK (a >= 0);", "COPY" },
        { "drop a foreign key", "ALTER TABLE t DROP FOREIGN KEY fk_there;", "INSTANT" },
        { "drop an index", "ALTER TABLE t DROP INDEX ix_there;", "NOCOPY" },
        { "add a stored column", "ALTER TABLE t ADD s int AS (a + 1) STORED;", "COPY" },
        { "change the primary key", "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, a);", "INPLACE" },
        { "rename an index", "ALTER TABLE t RENAME INDEX ix_there TO ix_other;", "INSTANT" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_is_taken_and_the_next_cheaper_is_not(string change, string sql, string algorithm)
    {
        await using var database = await MariaDbPlans.CreateAsync(Schema + Rows);
        var asked = Asked(sql);
        if (algorithm == "COPY")
        {
            asked.ShouldBeNull(change);
        }
        else
        {
            asked.ShouldNotBeNull().ShouldContain($"ALGORITHM={algorithm}");
            asked.ShouldContain("LOCK=NONE");
            await database.RunAsync(asked);
        }
        if (algorithm != "INSTANT")
        {
            await using var other = await MariaDbPlans.CreateAsync(Schema + Rows);
            await using var connection = await other.OpenAsync();
            var cheaper = Cheapest[Array.IndexOf(Cheapest, algorithm) - 1];
            var statement = asked?.Replace($"ALGORITHM={algorithm}", $"ALGORITHM={cheaper}", StringComparison.Ordinal) ?? sql.Replace(";", $", ALGORITHM={cheaper};", StringComparison.Ordinal);
            (await connection.ErrorAsync(statement)).ShouldBeOneOf([1845, 1846]);
        }
    }

    [Fact]
    public async Task A_foreign_key_asks_for_no_copy_either()
    {
        var key = new AddForeignKey(new(null, "t"), new("fk", ["c"], new(null, "p"), ["id"]));
        await using var database = await MariaDbPlans.CreateAsync(Schema + Rows);
        var form = MariaDbEngine.Value.Phases!.ForeignKey(key, new(new(10, 11), DatabaseModel.Empty))!;
        form.Announce.ShouldContain("ALGORITHM=INPLACE, LOCK=NONE");
        await database.RunAsync(form.Announce);
        await database.RunAsync(form.Prove);
        await using var connection = await database.OpenAsync();
        (await connection.ErrorAsync("INSERT INTO t VALUES (999, 1, NULL, 99999, 1, NULL, NULL, 999)")).ShouldBe(1452);
        (await connection.ErrorAsync("ALTER TABLE t ADD CONSTRAINT fk2 FOREIGN KEY (a) REFERENCES p (id), ALGORITHM=INPLACE")).ShouldBe(1846, "checked by the server, it is a copy");
    }

    private static string? Asked(string sql)
    {
        var model = MariaDbEngine.Value.Model(Schema);
        var change = StatementReader.Read(sql, SqlDialect.MariaDb, model)[0];
        return MariaDbEngine.Value.Phases!.Asserted(change, new ServerState(new(10, 11), model), [sql]);
    }
}
