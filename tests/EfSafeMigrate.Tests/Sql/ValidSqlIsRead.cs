using EfSafeMigrate.Changes;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Tests.Sql;

/// <summary>Honesty has its price in waivers: of what an engine takes, hardly anything stays unread.</summary>
public class ValidSqlIsRead
{
    private const double Opaque = 0.02;

    public static TheoryData<string> Engines => [.. SqlCorpus.Engines];

    [Theory, MemberData(nameof(Engines))]
    public void But_for_two_in_a_hundred(string engine)
    {
        var dialect = SqlDialect.Of(engine);
        var read = SqlCorpus.Valid(engine).SelectMany(sql => StatementReader.ReadEach(sql, dialect, SqlCorpus.Model(engine))).ToList();
        var unread = read.Where(each => each.Changes.OfType<OpaqueSql>().Any()).Select(each => $"{each.Changes.OfType<OpaqueSql>().First().Why}: {each.Statement.Text}").ToList();
        read.Count.ShouldBeGreaterThan(30);
        ((double)unread.Count / read.Count).ShouldBeLessThanOrEqualTo(Opaque, $"{unread.Count} of {read.Count}:\n{string.Join('\n', unread)}");
    }
}
