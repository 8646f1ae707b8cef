using EfSafeMigrate.Documents;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Tests.Plans;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace EfSafeMigrate.Tests.Documents;

public class VersionsAreCompared
{
    [Theory]
    [InlineData("8.0.33", "8.0.0", false, false)]
    [InlineData("9.0.22", "9.0.4", true, false)]
    [InlineData("10.0.14", "10.0.0", false, false)]
    [InlineData("10.0.14", "9.0.4", false, true)]
    public void OfEfAndItsProvider(string ef, string provider, bool joined, bool parted)
    {
        var dossier = Dossiers.Of(PlanCases.Named("rename a required column"));
        var page = Dependencies.Of(dossier with { Review = dossier.Review with { EfVersion = ef, ProviderVersion = provider } });

        page.ShouldContain($"| EF Core | `{ef}` | the application |");
        page.Contains("in one transaction", StringComparison.Ordinal).ShouldBe(joined);
        page.Contains("a provider is made for one major version", StringComparison.Ordinal).ShouldBe(parted);
        page.Contains("Provider 8 does not start", StringComparison.Ordinal).ShouldBe(provider.StartsWith('8'));
    }

    [Theory]
    [InlineData(9, 0, 9, true)]
    [InlineData(10, 0, 9, false)]
    [InlineData(8, 0, 9, false)]
    public void BetweenTheirBounds(int version, int efFrom, int ef, bool concerns) =>
        new Incompatibility(Part.EfCore, "", "") { From = 9, Before = 10, EfFrom = efFrom }.Concerns(version, ef).ShouldBe(concerns);

    [Fact]
    public void WhatSqlServerIsAskedIsSql()
    {
        var monitoring = EngineBook.All.Single(engine => engine.Id == "sqlserver").Monitoring;
        monitoring.ShouldNotBeEmpty();
        foreach (var query in monitoring)
        {
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(query.Sql), out var errors);
            errors.ShouldBeEmpty(query.Sql);
        }
    }
}
