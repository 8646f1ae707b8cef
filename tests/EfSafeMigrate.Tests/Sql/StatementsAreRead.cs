using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

/// <summary><c>Data/Statements</c> holds statements (<c>&gt;</c>) with the changes they are read into, one family per file.</summary>
public class StatementsAreRead
{
    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string, string>();
            foreach (var file in Data.Files("Statements").Order(StringComparer.Ordinal))
            {
                foreach (var example in Data.Text(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
                {
                    var end = example.IndexOf('\n', StringComparison.Ordinal);
                    examples.Add(Path.GetFileNameWithoutExtension(file), example[2..end], example[(end + 1)..].TrimEnd());
                }
            }
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void As_written_down(string family, string sql, string changes)
    {
        var read = Path.GetExtension(family) switch
        {
            ".sqlite" => Reading.Sqlite(sql),
            ".sqlserver" => Reading.SqlServer(sql),
            ".mariadb" => Reading.MariaDb(sql),
            _ => Reading.Postgres(sql),
        };
        read.ShouldBe(changes);
    }

    [Fact]
    public void Each_on_the_schema_its_predecessors_leave()
    {
        var read = StatementReader.ReadEach(
            "CREATE TABLE t (a int);\nALTER TABLE t RENAME TO u;\nALTER TABLE u ALTER a TYPE bigint", SqlDialect.Postgres, EfSafeMigrate.Changes.DatabaseModel.Empty);
        var last = read[^1];
        last.Statement.Line.ShouldBe(3);
        Changes.Shown.Show(last.Changes).ShouldBe("AlterColumn(Table: u; New: Column(Name: a; Type: bigint); Old: Column(Name: a; Type: int); Clause: TYPE)");
        last.After.Find(new(null, "u"))!.Column("a")!.Type.ShouldBe("bigint");
    }
}
