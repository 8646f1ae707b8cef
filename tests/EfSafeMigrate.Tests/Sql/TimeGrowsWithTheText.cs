using System.Collections;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Twice the text, twice the work, counted in tokens looked at: whatever is nested or listed, and however it ends.</summary>
public class TimeGrowsWithTheText
{
    // Twice the tokens cost twice the looks, and a few more where parts are looked into again.
    private const double Growth = 2.5;
    private const int Length = 400;

    /// <summary>How a text begins, what it repeats, and how each repetition is closed.</summary>
    private static readonly (string Open, string Repeated, string Middle, string Closed)[] Shapes =
    [
        ("SELECT ", "(", "1", ")"),
        ("SELECT ", "(", "1", ""),
        ("SELECT ", "lower(", "'x'", ")"),
        ("SELECT ", "pg_catalog.lower(", "'x'", ")"),
        ("SELECT * FROM ", "(SELECT * FROM ", "orders", ") a"),
        ("UPDATE orders SET note = ", "CASE WHEN 1 = 1 THEN ", "'x'", " END"),
        ("UPDATE orders SET note = ", "CASE WHEN 1 = 1 THEN ", "'x'", ""),
        ("DELETE FROM orders WHERE ", "EXISTS (SELECT 1 FROM orders WHERE ", "1 = 1", ")"),
        ("DELETE FROM orders WHERE id IN (1", ", 2", ")", ""),
        ("INSERT INTO orders (id) VALUES (1)", ", (2)", "", ""),
        ("INSERT INTO orders (id) SELECT 1", " UNION ALL SELECT 2", "", ""),
        ("CREATE TABLE t (a int", ", b int DEFAULT (1 + 1)", ")", ""),
        ("ALTER TABLE orders ADD CONSTRAINT c CHECK ", "(", "qty > 0", ")"),
        ("ALTER TABLE orders ADD COLUMN x int DEFAULT ", "(", "1", ")"),
        ("ALTER TABLE orders DROP COLUMN a", ", DROP COLUMN b", "", ""),
        ("CREATE INDEX ix ON orders (note", ", note", ")", ""),
        ("DROP TABLE a", ", b", "", ""),
        ("SELECT * FROM orders", " JOIN customers ON 1 = 1", "", ""),
        ("", "WITH a AS (", "SELECT 1", ") SELECT 1"),
        ("", "EXPLAIN ", "SELECT 1", ""),
        ("SELECT 'a'", " || $x$ b $x$", "", ""),
        ("SELECT a", "[1]", "", ""),
        ("GRANT SELECT ON orders TO a", ", b", "", ""),
    ];

    private static readonly (string Open, string Repeated, string Middle, string Closed)[] Blocks =
    [
        ("", "BEGIN ", "ALTER TABLE orders DROP COLUMN note; ", "END; "),
        ("", "IF true THEN ", "ALTER TABLE orders DROP COLUMN note; ", "END IF; "),
        ("", "IF true THEN ", "ALTER TABLE orders DROP COLUMN note; ", ""),
        ("", "WHILE true LOOP ", "NULL; ", "END LOOP; "),
        ("", "CASE WHEN true THEN ", "NULL; ", "END CASE; "),
        ("", "ALTER TABLE orders DROP COLUMN note; ", "", ""),
        ("", "x := 1; ", "", ""),
        ("", "DECLARE x int; ", "", ""),
        ("", "EXECUTE 'x'; ", "", ""),
        ("IF ", "(", "true", ")"),
    ];

    public static TheoryData<string> Engines => [.. SqlCorpus.Engines];

    [Theory, MemberData(nameof(Engines))]
    public void Of_statements(string engine) => Grow(engine, Shapes, cursor => StatementFamilies.Read(cursor));

    [Theory, MemberData(nameof(Engines))]
    public void Of_blocks(string engine) => Grow(engine, Blocks, cursor => Block.Read(cursor));

    private static void Grow(string engine, (string, string, string, string)[] shapes, Action<Cursor> read)
    {
        foreach (var shape in shapes)
        {
            var (once, twice) = (Looks(engine, shape, Length, read), Looks(engine, shape, 2 * Length, read));
            ((double)twice / once).ShouldBeLessThan(Growth, $"{shape}: {once} looks, then {twice}");
        }
    }

    private static int Looks(string engine, (string Open, string Repeated, string Middle, string Closed) shape, int times, Action<Cursor> read)
    {
        var sql = shape.Open + string.Concat(Enumerable.Repeat(shape.Repeated, times)) + shape.Middle + string.Concat(Enumerable.Repeat(shape.Closed, times));
        var script = Tokenizer.Read(sql, SqlDialect.Of(engine));
        var counted = new Counted(script.Tokens);
        read(new Cursor(script with { Tokens = counted }, 0, script.Tokens.Count, DatabaseModel.Empty) { InBlock = true });
        return counted.Looks;
    }

    private sealed class Counted(IReadOnlyList<Token> tokens) : IReadOnlyList<Token>
    {
        public int Looks { get; private set; }

        public int Count => tokens.Count;

        public Token this[int index]
        {
            get
            {
                Looks++;
                return tokens[index];
            }
        }

        public IEnumerator<Token> GetEnumerator() => tokens.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
