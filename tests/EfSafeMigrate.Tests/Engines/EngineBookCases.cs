using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Engines;

public class EngineBookCases
{
    [Theory]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL", "postgresql")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite", "sqlite")]
    [InlineData("MySql.EntityFrameworkCore", "mysql")]
    [InlineData("Microsoft.EntityFrameworkCore.SqlServer", "sqlserver")]
    public void A_provider_leads_to_its_engine(string provider, string engine) => EngineBook.ForProvider(provider)?.Id.ShouldBe(engine);

    [Fact]
    public void An_unknown_provider_leads_to_none() => EngineBook.ForProvider("MongoDB.EntityFrameworkCore").ShouldBeNull();

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlite")]
    public void Every_engine_quotes_a_quote(string engine) =>
        EngineBook.All.Single(each => each.Id == engine).QuoteTable(new("a\"b", "c")).ShouldBe("\"a\"\"b\".\"c\"");

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    public void A_backtick_is_quoted_too(string engine) =>
        EngineBook.All.Single(each => each.Id == engine).QuoteTable(new(null, "a`b")).ShouldBe("`a``b`");

    [Fact]
    public void A_bracket_is_quoted_too() =>
        EngineBook.All.Single(each => each.Id == "sqlserver").QuoteTable(new("a]b", "c")).ShouldBe("[a]]b].[c]");

    [Fact]
    public void What_nobody_can_read_has_no_impact()
    {
        var state = new ServerState(new(15), DatabaseModel.Empty);

        foreach (var engine in EngineBook.All)
        {
            engine.ImpactOf(new OpaqueSql("???", "no reason"), state).ShouldBeNull();
            engine.ImpactOf(new UnknownOperation("Frobnicate"), state).ShouldBeNull();
        }
    }
}
