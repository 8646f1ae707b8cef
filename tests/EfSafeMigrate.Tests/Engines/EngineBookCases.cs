using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Engines;

public class EngineBookCases
{
    [Theory]
    [InlineData("Npgsql.EntityFrameworkCore.PostgreSQL", "postgresql")]
    [InlineData("Microsoft.EntityFrameworkCore.Sqlite", "sqlite")]
    [InlineData("MySql.EntityFrameworkCore", "mysql")]
    [InlineData("MySql.EntityFrameworkCore", "mariadb")]
    [InlineData("Pomelo.EntityFrameworkCore.MySql", "mysql")]
    [InlineData("Pomelo.EntityFrameworkCore.MySql", "mariadb")]
    [InlineData("Microsoft.EntityFrameworkCore.SqlServer", "sqlserver")]
    public void A_provider_leads_to_its_engine(string provider, string engine) => EngineBook.ForProvider(provider).ShouldContain(each => each.Id == engine);

    [Fact]
    public void An_unknown_provider_leads_to_none() => 
        EngineBook.Choose(EngineBook.ForProvider("MongoDB.EntityFrameworkCore"), new()).ShouldBeNull();

    [Fact]
    public void A_provider_of_one_engine_needs_no_hint() =>
        EngineBook.Choose(EngineBook.ForProvider("Npgsql.EntityFrameworkCore.PostgreSQL"), new() { Settings = "mysql" })
            .ShouldSatisfyAllConditions(choice => choice!.Engine.Id.ShouldBe("postgresql"), choice => choice!.Basis.ShouldBe(EngineBasis.Provider), choice => choice!.Others.ShouldBeEmpty());

    [Theory]
    [InlineData("10.11.19-MariaDB-0+deb12u1", "8.0.40-mysql", "mysql", "mariadb", "Server")]
    [InlineData("5.5.5-10.6.12-MariaDB-log", null, null, "mariadb", "Server")]
    [InlineData("8.4.3", "10.11.19-mariadb", "mariadb", "mysql", "Server")]
    [InlineData("8.0.40-0ubuntu0.24.04.1", null, null, "mysql", "Server")]
    [InlineData(null, "10.11.19-mariadb", "mysql", "mariadb", "Options")]
    [InlineData(null, "8.0.40-mysql", "mariadb", "mysql", "Options")]
    [InlineData(null, null, "mariadb", "mariadb", "Settings")]
    [InlineData(null, null, "mysql", "mysql", "Settings")]
    [InlineData(null, null, "sqlite", "mysql", "Assumed")]
    [InlineData(null, null, null, "mysql", "Assumed")]
    public void Of_two_behind_a_provider_the_server_knows_best_then_the_options_then_the_settings(string? server, string? options, string? settings, string engine, string basis)
    {
        foreach (var provider in new[] { "Pomelo.EntityFrameworkCore.MySql", "MySql.EntityFrameworkCore" })
        {
            var choice = EngineBook.Choose(EngineBook.ForProvider(provider), new() { Server = server, Options = options, Settings = settings })!;

            (choice.Engine.Id, $"{choice.Basis}").ShouldBe((engine, basis));
            choice.Others.Select(other => other.Id).ShouldBe(basis == "Assumed" ? ["mariadb"] : []);
        }
    }

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
