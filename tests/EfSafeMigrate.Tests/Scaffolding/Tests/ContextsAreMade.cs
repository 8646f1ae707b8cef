using EfSafeMigrate.Scaffolding.Tests;
using EfSafeMigrate.Tests.Rules;

namespace EfSafeMigrate.Tests.Scaffolding.Tests;

/// <summary>A test comes by a context as the class allows it.</summary>
public sealed class ContextsAreMade : IDisposable
{
    private const string Provider = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private readonly Solution solution = new();

    public void Dispose() => solution.Dispose();

    [Theory]
    [InlineData("namespace App; public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options);", "options.UseNpgsql(connection);")]
    [InlineData("namespace App { public class ShopContext : DbContext { public ShopContext(DbContextOptions options, bool log = false) : base(options) { } } }", "return new global::App.ShopContext(options.Options);")]
    [InlineData("namespace App; public class ShopContext : DbContext { }", "var context = new global::App.ShopContext();")]
    [InlineData("namespace App; public class ShopContext(IClock clock) : DbContext; public class Made : IDesignTimeDbContextFactory<ShopContext> { }", "var context = new global::App.Made().CreateDbContext([]);")]
    public void AsTheClassAllows(string code, string statement)
    {
        solution.Write("src/Shop/ShopContext.cs", code);

        var made = ContextCreation.Of("App.ShopContext", Provider, RuleCaseRun.Engine(RuleCase.Postgres).Tests, [solution.PathOf("src/Shop")], "Shop");

        made.Type.ShouldBe("global::App.ShopContext");
        made.Statements.ShouldContain(statement);
    }

    [Fact]
    public void MigrationsOfAnotherProjectAreNamed()
    {
        solution.Write("src/Model/ShopContext.cs", "namespace App; public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options);");

        ContextCreation.Of("App.ShopContext", Provider, RuleCaseRun.Engine(RuleCase.Postgres).Tests, [solution.PathOf("src/Shop"), solution.PathOf("src/Model")], "Shop")
            .Statements.ShouldContain("options.UseNpgsql(connection, migrations => migrations.MigrationsAssembly(\"Shop\"));");
    }

    [Fact]
    public void WhatOnlyTheApplicationMakesIsRefused()
    {
        solution.Write("src/Shop/ShopContext.cs", "namespace App; public class ShopContext(IClock clock) : DbContext;");

        Should.Throw<SafeMigrateException>(() => ContextCreation.Of("App.ShopContext", Provider, RuleCaseRun.Engine(RuleCase.Postgres).Tests, [solution.PathOf("src/Shop")], "Shop"))
            .Next.ShouldContain("DbContextOptions<ShopContext>");
    }
}
