using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Tests.Uses;

/// <summary>A public API that uses what changes is found, and whether it says a version.</summary>
public class ApisSayTheirVersion
{
    private const string Body = "public string Get(Order given) => given.Note!;";

    private static readonly DropColumn Dropped = new(new(null, "Orders"), "Note");

    [Theory]
    [InlineData("[Route(\"api/v1/orders\")] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; }")]
    [InlineData("[Route(\"api/v{version:apiVersion}/orders\")] public class OrdersController : ControllerBase { [HttpGet(\"{id}\")] public string Get(Order given) => given.Note!; }")]
    [InlineData("[Route(Paths.Orders)] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; } public static class Paths { public const string Orders = \"/v2/orders\"; }")]
    [InlineData("[Route(\"orders\")] public class OrdersController : ControllerBase { [HttpGet(\"/v1/orders\")] public string Get(Order given) => given.Note!; }")]
    [InlineData("[ApiVersion(\"1.0\")] [Route(\"orders\")] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; }")]
    [InlineData("[Route(\"orders\")] public class OrdersController : ControllerBase { [HttpGet, MapToApiVersion(2)] public string Get(Order given) => given.Note!; }")]
    [InlineData("[Route(\"v1/[controller]\")] public abstract class Base : ControllerBase; public class OrdersController : Base { [HttpGet] public string Get(Order given) => given.Note!; }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapGet(\"/v1/orders\", (Order given) => given.Note); }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapGet(\"/orders\", (Order given) => given.Note).WithName(\"x\").HasApiVersion(1.0); }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapGroup(\"/v2\").MapGroup(\"/orders\").MapGet(\"/\", (Order given) => given.Note); }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) { var two = app.MapGroup(\"/v2\"); var orders = two.MapGroup(\"/orders\"); orders.MapGet(\"/\", Get); } static string Get(Order given) => given.Note!; }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) { var orders = app.NewVersionedApi(\"Orders\").MapGroup(\"/orders\").HasApiVersion(1); orders.MapGet(\"/\", (Order given) => given.Note); } }")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapGroup(\"/v1\").MapOrders(); } public static class Orders { public static void MapOrders(this RouteGroupBuilder group) => group.MapGet(\"/\", (Order given) => given.Note); }")]
    [InlineData("public class Desk : Acme.V1.Greeter.GreeterBase { public override object Get(Order given) => given.Note!; }")]
    public void OneThatDoesIsLeftAlone(string code) => Of(code).ShouldBeEmpty();

    [Theory]
    [InlineData("[Route(\"api/orders\")] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("[Route(\"api/orders\"), Route(\"v1/orders\")] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("[Route(\"v1\")] public class OrdersController : ControllerBase { [HttpGet(\"/orders\")] public string Get(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("[Route(\"api/vip/orders\")] public class OrdersController : ControllerBase { [HttpGet] public string Get(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("public class OrdersController : Controller { public string Get(Order given) => given.Note!; [NonAction] public string Own(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapPost(\"/orders\", (Order given) => given.Note); }", "POST /orders")]
    [InlineData("public static class Routes { static void Map(WebApplication app) { app.MapGroup(\"/v1\").MapOrders(); app.MapOrders(); } } public static class Orders { public static void MapOrders(this IEndpointRouteBuilder group) => group.MapGet(\"/\", (Order given) => given.Note); }", "GET /")]
    [InlineData("public class Desk : Greeter.GreeterBase { public override object Get(Order given) => given.Note!; }", "Desk.Get")]
    public void OneThatDoesNotIsFound(string code, string name) => Of(code).ShouldBe([name]);

    /// <summary>Through a class of its own, an interface, and a function that is given by name.</summary>
    [Theory]
    [InlineData("public class OrdersController(OrderService service) : Controller { public string Get(Order given) => service.Text(given); } public class OrderService { public string Text(Order given) => Inner(given); string Inner(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("public class OrdersController(ITexts texts) : Controller { public string Get(Order given) => texts.Of(given); } public interface ITexts { string Of(Order given); } public class Texts : ITexts { public string Of(Order given) => given.Note!; }", "OrdersController.Get")]
    [InlineData("public static class Routes { static void Map(WebApplication app) => app.MapPut(\"/orders\", Put); static string Put(Order given) => given.Text(); } public static class More { public static string Text(this Order given) => given.Note!; }", "PUT /orders")]
    public void AlsoThroughWhatItCalls(string code, string name) => Of(code).ShouldBe([name]);

    [Theory]
    [InlineData("public class OrderService { public string Text(Order given) => given.Note!; } public class OrdersController : Controller { public string Get() => \"\"; }")]
    [InlineData("public class OrdersController : Controller { public string Text(Other given) => given.Text(); } public class Other { public string Text() => \"\"; } public class OrderService { public string Text(Order given) => given.Note!; }")]
    [InlineData("public class OrderMap : IEntityTypeConfiguration<Order> { public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Order> order) => order.Property(each => each.Note); }")]
    public void WhatNoApiLeadsToIsNone(string code) => Of(code).ShouldBeEmpty();

    [Fact]
    public void ATypeWithMoreRoomIsNothingToThem() => UsesInCode.UnversionedOf(
        new AlterColumn(new(null, "Orders"), new("Note", "varchar(80)", true), new("Note", "varchar(40)", true)), Code($"public class OrdersController : Controller {{ {Body} }}")).ShouldBeEmpty();

    private static IEnumerable<string> Of(string code) => UsesInCode.UnversionedOf(Dropped, Code(code)).Select(use => use.Endpoint.Name);

    private static string Code(string code) => $"using Microsoft.AspNetCore.Mvc;\nusing Microsoft.EntityFrameworkCore;\nnamespace Shop;\n{code}";
}
