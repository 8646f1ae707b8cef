using System.Globalization;
using System.Text;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines.MariaDb;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Names in one column or in two, and ten thousand of them of every kind.</summary>
internal static class SplitNames
{
    public const int Rows = 10_000;

    private static readonly string[] Words =
        ["Ann", "bob", "Bob", "O'Hara", "d\"Arc", "`tick`", "back\\slash", "é", "e\u0301", "Ürsula", "名前", "🐘", "имя", "\u00a0", "\t", "%", "{0}", "x\ny", "--", "a.b"];

    /// <param name="split">What makes the first and the last name.</param>
    /// <param name="whole">What makes the one of them.</param>
    public static PlanCase Case(bool mariaDb, bool merge, (string First, string Last) split, string whole)
    {
        var text = mariaDb ? "longtext CHARACTER SET utf8mb4 NULL" : "text";
        string Table(string columns) => Quoted(mariaDb, $"CREATE TABLE \"Customers\" (\"Id\" int NOT NULL, {columns}, CONSTRAINT \"PK_Customers\" PRIMARY KEY (\"Id\"));");
        var (one, two) = (Table($"\"FullName\" {text}"), Table($"\"FirstName\" {text}, \"LastName\" {text}"));
        TableName table = new(null, "Customers");
        var planCase = new PlanCase("", merge ? two : one, merge ? one : two)
        {
            Decisions = new([], [], [])
            {
                Usings = [(table, "FirstName", Quoted(mariaDb, split.First)), (table, "LastName", Quoted(mariaDb, split.Last)), (table, "FullName", Quoted(mariaDb, whole))],
            },
        };
        return mariaDb ? planCase with { On = MariaDbEngine.Value, Version = MariaDbEngine.Value.Assumed } : planCase;
    }

    /// <summary>Written with double quotes.</summary>
    public static string Quoted(bool mariaDb, string sql) => mariaDb ? sql.Replace('"', '`') : sql;

    /// <summary>Inserts that no session's settings change: each text by its bytes.</summary>
    public static IEnumerable<string> Inserts(bool mariaDb, params string[] columns)
    {
        var random = new Random(20261122);
        foreach (var chunk in Enumerable.Range(1, Rows).Chunk(1000))
        {
            var rows = chunk.Select(id => $"({string.Join(", ", [id.ToString(CultureInfo.InvariantCulture), .. columns.Select(_ => Literal(mariaDb, Name(random)))])})").ToList();
            yield return Quoted(mariaDb, $"INSERT INTO \"Customers\" (\"Id\", {string.Join(", ", columns.Select(column => $"\"{column}\""))}) VALUES ") + string.Join(", ", rows) + ";";
        }
    }

    public static string Bytes(bool mariaDb, params string[] columns) => Quoted(mariaDb, mariaDb
        ? $"SELECT \"Id\", {string.Join(", ", columns.Select(column => $"COALESCE(HEX(\"{column}\"), 'none')"))} FROM \"Customers\" ORDER BY 1"
        : $"SELECT \"Id\", {string.Join(", ", columns.Select(column => $"COALESCE(encode(convert_to(\"{column}\", 'UTF8'), 'hex'), 'none')"))} FROM \"Customers\" ORDER BY 1");

    private static string? Name(Random random)
    {
        var name = new StringBuilder();
        switch (random.Next(12))
        {
            case 0:
                return null;
            case 1:
                return "";
            case 2:
                return new string(' ', random.Next(1, 4));
        }
        name.Append(' ', random.Next(8) == 0 ? random.Next(1, 3) : 0);
        for (var word = random.Next(1, 4); word > 0; word--)
        {
            name.Append(Words[random.Next(Words.Length)]).Append(random.Next(3) == 0 ? Words[random.Next(Words.Length)] : "");
            name.Append(' ', word > 1 ? random.Next(6) == 0 ? random.Next(2, 4) : 1 : 0);
        }
        return name.Append(' ', random.Next(8) == 0 ? random.Next(1, 3) : 0).ToString();
    }

    private static string Literal(bool mariaDb, string? text) =>
        text is null ? "NULL"
        : mariaDb ? text.Length == 0 ? "''" : $"CONVERT(0x{Convert.ToHexString(Encoding.UTF8.GetBytes(text))} USING utf8mb4)"
        : $"convert_from('\\x{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}', 'UTF8')";
}
