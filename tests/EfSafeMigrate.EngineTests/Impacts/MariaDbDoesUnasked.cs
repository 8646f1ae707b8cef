namespace EfSafeMigrate.EngineTests.Impacts;

/// <summary>What a statement does to rows and attributes of which it does not speak: what the rules on MySQL and MariaDB rely on.</summary>
public sealed class MariaDbDoesUnasked(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    /// <summary>
    /// Each begins with what there is; behind the bar stands what is done, and behind the next what is asked. The answer is one value, or the
    /// number of an error.
    /// </summary>
    [Theory]
    // A column that is NOT NULL and has no default gets a value nobody gave.
    [InlineData("CREATE TABLE t (id int); INSERT INTO t VALUES (1) | ALTER TABLE t ADD c int NOT NULL | SELECT c FROM t", "0")]
    [InlineData("CREATE TABLE t (id int); INSERT INTO t VALUES (1) | ALTER TABLE t ADD c varchar(9) NOT NULL | SELECT CONCAT('<', c, '>') FROM t", "<>")]
    [InlineData("CREATE TABLE t (id int); INSERT INTO t VALUES (1) | ALTER TABLE t ADD c datetime NOT NULL | SELECT CAST(c AS char) FROM t", "0000-00-00 00:00:00")]
    [InlineData("CREATE TABLE t (id int); INSERT INTO t VALUES (1) | ALTER TABLE t ADD c enum('new','old') NOT NULL | SELECT c FROM t", "new")]
    // MODIFY says the whole column: what it leaves out is gone.
    [InlineData("CREATE TABLE t (c int NOT NULL DEFAULT 7 COMMENT 'x') | ALTER TABLE t MODIFY c bigint | " + Attributes, "YES/NULL//")]
    [InlineData("CREATE TABLE t (c int NOT NULL AUTO_INCREMENT PRIMARY KEY) | ALTER TABLE t MODIFY c bigint NOT NULL | " + Attributes, "NO/NULL//")]
    [InlineData("CREATE TABLE t (c timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()) | ALTER TABLE t MODIFY c timestamp NULL DEFAULT current_timestamp() | " + Attributes, "YES/current_timestamp()//")]
    [InlineData("CREATE TABLE t (c varchar(9) COLLATE utf8mb4_bin) | ALTER TABLE t MODIFY c varchar(10) | SELECT collation_name = 'utf8mb4_bin' FROM information_schema.columns WHERE table_schema = database() AND column_name = 'c'", "0")]
    // Without strict mode NULL and what does not fit become something else, and it is a success.
    [InlineData("CREATE TABLE t (c int); INSERT INTO t VALUES (NULL) | SET sql_mode = ''; ALTER TABLE t MODIFY c int NOT NULL | SELECT c FROM t", "0")]
    [InlineData("CREATE TABLE t (c varchar(9)); INSERT INTO t VALUES ('abcdef') | SET sql_mode = ''; ALTER TABLE t MODIFY c varchar(3) | SELECT c FROM t", "abc")]
    [InlineData("CREATE TABLE t (c int); INSERT INTO t VALUES (NULL) | ALTER TABLE t MODIFY c int NOT NULL |", "1265")]
    [InlineData("CREATE TABLE t (c varchar(9)); INSERT INTO t VALUES ('abcdef') | ALTER TABLE t MODIFY c varchar(3) |", "1265")]
    // An enumeration loses a value that rows have.
    [InlineData("CREATE TABLE t (c enum('a','b')); INSERT INTO t VALUES ('b') | ALTER TABLE t MODIFY c enum('a') |", "1265")]
    [InlineData("CREATE TABLE t (c enum('a','b')); INSERT INTO t VALUES ('b') | SET sql_mode = ''; ALTER TABLE t MODIFY c enum('a') | SELECT CONCAT('<', c, '>') FROM t", "<>")]
    [InlineData("CREATE TABLE t (c enum('a','b')); INSERT INTO t VALUES ('b') | ALTER TABLE t MODIFY c enum('x','a','b') | SELECT c FROM t", "b")]
    // A key that is not checked when it is made is never checked.
    [InlineData(Family + " | SET foreign_key_checks = 0; ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id); SET foreign_key_checks = 1 | SELECT count(*) FROM c WHERE p NOT IN (SELECT id FROM p)", "1")]
    [InlineData(Family + " | ALTER TABLE c ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id) |", "1452")]
    // A column on either side of a key keeps its type while the key is there.
    [InlineData(Keyed + " | ALTER TABLE c MODIFY p bigint |", "1832")]
    [InlineData(Keyed + " | ALTER TABLE p MODIFY id bigint |", "1833")]
    [InlineData(Keyed + " | ALTER TABLE c DROP COLUMN p |", "1553")]
    [InlineData(Keyed + " | ALTER TABLE c DROP INDEX fk |", "1553")]
    [InlineData(Keyed + " | TRUNCATE TABLE p |", "1701")]
    [InlineData(Keyed + " | DROP TABLE p |", "1451")]
    // REFERENCES behind a column makes a key here.
    [InlineData("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int) | ALTER TABLE c ADD p int NULL REFERENCES p (id) | SELECT count(*) FROM information_schema.referential_constraints WHERE constraint_schema = database()", "1")]
    // A dropped column leaves its indexes, which then say something else; a key that is unique over several and a check over several hold it.
    [InlineData("CREATE TABLE t (a int, b int, KEY ab (a, b)) | ALTER TABLE t DROP COLUMN b | SELECT group_concat(column_name) FROM information_schema.statistics WHERE table_schema = database() AND index_name = 'ab'", "a")]
    [InlineData("CREATE TABLE t (a int, b int, UNIQUE KEY ab (a, b)) | ALTER TABLE t DROP COLUMN b |", "1072")]
    [InlineData("CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a, b)) | ALTER TABLE t DROP COLUMN b |", "1072")]
    [InlineData("CREATE TABLE t (a int, b int, UNIQUE KEY ab (a, b)) | ALTER TABLE t DROP COLUMN b, DROP KEY ab | SELECT count(*) FROM t", "0")]
    [InlineData("CREATE TABLE t (a int, b int, CHECK (a > b)) | ALTER TABLE t DROP COLUMN b |", "1054")]
    // An index that fitted is cut to its first characters in a wider character set, and a unique one cannot be read in order any more.
    [InlineData("CREATE TABLE t (c varchar(1000) CHARACTER SET latin1, KEY k (c)) | ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 | SELECT sub_part FROM information_schema.statistics WHERE table_schema = database()", "768")]
    [InlineData("CREATE TABLE t (c varchar(1000) CHARACTER SET latin1, UNIQUE KEY k (c)) | ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 | SELECT index_type FROM information_schema.statistics WHERE table_schema = database()", "HASH")]
    [InlineData("CREATE TABLE t (c varchar(9)); INSERT INTO t VALUES ('日本') | ALTER TABLE t MODIFY c varchar(9) CHARACTER SET latin1 |", "1366")]
    // No statement that changes the schema can be taken back, nor what stands before it.
    [InlineData("CREATE TABLE t (c int) | START TRANSACTION; INSERT INTO t VALUES (1); ALTER TABLE t ADD d int; ROLLBACK | SELECT CONCAT(count(*), ' ', count(d)) FROM t", "1 0")]
    // A key without AUTO_INCREMENT in the same statement is refused, and afterwards nothing of the statement is done.
    [InlineData("CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY) | ALTER TABLE t DROP PRIMARY KEY |", "1075")]
    [InlineData("CREATE TABLE t (c int); INSERT INTO t VALUES (1) | ALTER TABLE t ADD d int, ADD CONSTRAINT k CHECK (c < 0) |", "4025")]
    // The name is too long, and is not cut off.
    [InlineData("CREATE TABLE t (c int) | CREATE INDEX i23456789012345678901234567890123456789012345678901234567890123456 ON t (c) |", "1059")]
    public async Task AsTheRulesSay(string story, string answer)
    {
        var parts = story.Split('|', StringSplitOptions.TrimEntries);
        await database.RenewAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(parts[0]);

        var error = await connection.ErrorAsync(parts[1]);

        (error?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? await connection.AskAsync(parts[2])).ShouldBe(answer);
    }

    /// <summary>What Pomelo does to a primary key, stopped in the middle: nothing of it is taken back, and it cannot be done again.</summary>
    [Fact]
    public async Task AMigrationThatFailsInTheMiddleIsHalfDone()
    {
        await database.RenewAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int AUTO_INCREMENT PRIMARY KEY, p int, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id))");

        await connection.RunAsync("START TRANSACTION");
        await connection.RunAsync("CREATE PROCEDURE POMELO_BEFORE_DROP_PRIMARY_KEY() ALTER TABLE c MODIFY COLUMN id int NOT NULL");
        await connection.RunAsync("CALL POMELO_BEFORE_DROP_PRIMARY_KEY(); ALTER TABLE c DROP PRIMARY KEY");
        (await connection.ErrorAsync("ALTER TABLE c MODIFY COLUMN p bigint")).ShouldBe(1832);
        await connection.RunAsync("ROLLBACK");

        (await connection.AskAsync("SELECT count(*) FROM information_schema.columns WHERE table_schema = database() AND table_name = 'c' AND (column_key = 'PRI' OR extra <> '')")).ShouldBe("0");
        (await connection.AskAsync("SELECT count(*) FROM information_schema.routines WHERE routine_schema = database()")).ShouldBe("1");
        (await connection.ErrorAsync("ALTER TABLE c DROP PRIMARY KEY")).ShouldBe(1091);
    }

    private const string Attributes = "SELECT CONCAT(is_nullable, '/', COALESCE(column_default, 'NULL'), '/', extra, '/', column_comment) FROM information_schema.columns WHERE table_schema = database() AND column_name = 'c'";
    private const string Family = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, p int); INSERT INTO c VALUES (1, 77)";
    private const string Keyed = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int, p int, CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id))";
}
