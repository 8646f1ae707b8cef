using EfSafeMigrate.Changes;
using EfSafeMigrate.Uses;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>A use has a kind and a place, and both follow from the code around it.</summary>
public class UsesAreToldApart
{
    private static readonly DropColumn Dropped = new(new(null, "Orders"), "Note");

    [Theory]
    [InlineData("context.Orders.Where(order => order.Note == null)", "Query")]
    [InlineData("from order in context.Orders where order.Note == null select order.Id", "Query")]
    [InlineData("new List<Order>().OrderBy(order => order.Note)", "Query")]
    [InlineData("context.Orders.Select(order => order.Note)", "Mapping")]
    [InlineData("context.Orders.Select(order => new { order.Note })", "Mapping")]
    [InlineData("context.Orders.Select(order => new Row { Text = order.Note })", "Mapping")]
    [InlineData("new Row { Text = given.Note }", "Mapping")]
    [InlineData("new Tuple<string>(given.Note!)", "Mapping")]
    [InlineData("new Order { Note = \"x\" }", "Write")]
    [InlineData("given.Note = \"x\"", "Write")]
    [InlineData("given.Note ??= \"x\"", "Write")]
    [InlineData("context.Orders.ExecuteUpdate(set => set.SetProperty(order => order.Note, \"x\"))", "Write")]
    [InlineData("Do(context, given: new() { Note = \"x\" })", "Write")]
    [InlineData("nameof(Order.Note)", "Configuration")]
    [InlineData("new ModelBuilder().Entity<Order>().Property(order => order.Note)", "Configuration")]
    [InlineData("new ModelBuilder().Entity<Order>().HasIndex(order => new { order.Note })", "Configuration")]
    [InlineData("new ModelBuilder().Entity<Order>().HasIndex(\"Note\")", "Configuration")]
    [InlineData("context.Orders.Where(order => EF.Property<string>(order, \"Note\") == \"\")", "Query")]
    [InlineData("context.Database.ExecuteSqlRaw(\"UPDATE \\\"Orders\\\" SET \\\"Note\\\" = NULL\")", "Sql")]
    [InlineData("given.Note", "Read")]
    [InlineData("given?.Note?.Length", "Read")]
    [InlineData("throw new ArgumentException(given.Note)", "Read")]
    [InlineData("given is { Note: null }", "Read")]
    public void ByTheirKind(string expression, string kind) => Of($"object Do(ShopContext context, Order given) {{ var it = {expression}; return it; }}").Kind.ShouldBe(Enum.Parse<UseKind>(kind));

    [Theory]
    [InlineData("[Microsoft.AspNetCore.Mvc.ApiController] public class Orders { object Get(Order given) => given.Note!; }", "Api")]
    [InlineData("public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase { object Get(Order given) => given.Note!; }", "Api")]
    [InlineData("public class Rpc : Greeter.GreeterBase { object Get(Order given) => given.Note!; }", "Api")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapPost(\"/\", (Order given) => given.Note); }", "Api")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapPost(\"/\", Get); static string Get(Order given) => given.Note!; }", "Api")]
    [InlineData("public class OrderService { object Get(Order given) => given.Note!; }", "Service")]
    [InlineData("public class OrderRepository { object Get(Order given) => given.Note!; }", "Repository")]
    [InlineData("public class Sweep : BackgroundService { protected override Task ExecuteAsync(CancellationToken stop) => Console.Out.WriteAsync(new Order().Note); }", "BackgroundJob")]
    [InlineData("public class Sweep : Quartz.IJob { object Get(Order given) => given.Note!; }", "BackgroundJob")]
    [InlineData("public class Nightly { public void Run(Order given) => Console.Write(given.Note); } public class Start { void Do() => RecurringJob.AddOrUpdate<Nightly>(\"x\", job => job.Run(null), \"0 3 * * *\"); }", "BackgroundJob")]
    [InlineData("public class OrderMap : IEntityTypeConfiguration<Order> { public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Order> order) => order.Property(each => each.Note); }", "Configuration")]
    [InlineData("public class Checks { [Xunit.Fact] public void Is() => Console.Write(new Order().Note); }", "Test")]
    [InlineData("public class Anything { object Get(Order given) => given.Note!; }", "Other")]
    public void ByTheirPlace(string type, string place) =>
        UsesInCode.Of(Dropped, $"using Microsoft.EntityFrameworkCore;\nnamespace Shop;\n{type}").All.ShouldHaveSingleItem().Place.ShouldBe(Enum.Parse<CodePlace>(place));

    [Fact]
    public void AllOfAProjectOfTestsIsTests() =>
        UsesInCode.Of(Dropped, "namespace Shop; public class OrderService { object Get(Order given) => given.Note!; }", project: "<ItemGroup><PackageReference Include=\"xunit\" /></ItemGroup>")
            .All.ShouldHaveSingleItem().Place.ShouldBe(CodePlace.Test);

    private static CodeUse Of(string method) =>
        UsesInCode.Of(Dropped, $"using Microsoft.EntityFrameworkCore;\nnamespace Shop;\npublic class Row {{ public string? Text {{ get; set; }} }}\npublic class Code\n{{\n{method}\n}}").All.ShouldHaveSingleItem();
}
