using System.Collections.Frozen;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis;

namespace EfSafeMigrate.Uses;

/// <summary>Tells the part of an application in which code stands, by the words that everybody uses for it.</summary>
/// <param name="jobs">The classes that a scheduler is given to run.</param>
internal sealed class CodePlaces(FrozenSet<string> jobs)
{
    private static readonly string[] Tests = ["Fact", "Theory", "Test", "TestCase", "TestMethod", "TestFixture", "TestClass"];
    private static readonly string[] Apis = ["Controller", "ControllerBase", "ODataController", "Hub", "PageModel", "Endpoint", "EndpointBaseAsync"];
    private static readonly string[] Jobs = ["BackgroundService", "IHostedService", "IHostedLifecycleService", "IJob", "IInvocable", "IRecurringJob"];
    private static readonly string[] Schedulers = ["AddOrUpdate", "Enqueue", "Schedule", "AddJob", "AddHostedService", "ScheduleJob", "Create"];

    /// <summary>The classes that are given to Hangfire, Quartz or the host by their type.</summary>
    public static IEnumerable<string> ScheduledIn(SyntaxNode root) =>
        from name in root.DescendantNodes().OfType<GenericNameSyntax>()
        where Schedulers.Contains(name.Identifier.ValueText) && name.TypeArgumentList.Arguments.Count == 1
            && (name.Identifier.ValueText != "Create" || (name.Parent as MemberAccessExpressionSyntax)?.Expression is IdentifierNameSyntax { Identifier.ValueText: "JobBuilder" })
        select SimpleName(name.TypeArgumentList.Arguments[0]);

    /// <param name="inTests">The project is one of tests.</param>
    public CodePlace Of(SyntaxNode node, bool inTests)
    {
        var types = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().ToArray();
        return inTests || types.Any(IsTest) ? CodePlace.Test
            : types.Any(IsConfiguration) || node.AncestorsAndSelf().Any(each => each is AttributeSyntax) ? CodePlace.Configuration
            : types.Any(IsApi) || IsHandler(node) ? CodePlace.Api
            : types.Any(IsJob) ? CodePlace.BackgroundJob
            : types.Any(type => Ends(type, "Repository", "Repositories", "Repo", "Dao", "Queries", "Query", "Specification", "Store")) ? CodePlace.Repository
            : types.Any(type => Ends(type, "Service", "Services", "Handler", "Manager", "Processor", "UseCase", "Interactor", "Consumer")) ? CodePlace.Service
            : CodePlace.Other;
    }

    private static bool IsTest(TypeDeclarationSyntax type) =>
        Attributes(type).Concat(type.Members.SelectMany(member => member.AttributeLists).SelectMany(list => list.Attributes)).Any(attribute => Tests.Contains(NameOf(attribute)));

    private static bool IsConfiguration(TypeDeclarationSyntax type) =>
        Bases(type).Any(parent => parent is "IEntityTypeConfiguration" or "DbContext" or "IdentityDbContext" || parent.EndsWith("DbContext", StringComparison.Ordinal))
        || type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.Identifier.ValueText == "OnModelCreating");

    private static bool IsApi(TypeDeclarationSyntax type) =>
        Bases(type).Any(parent => Apis.Contains(parent)) || Ends(type, "Controller", "Endpoint", "Endpoints") || Attributes(type).Any(attribute => NameOf(attribute) is "ApiController" or "Route")
        || IsGrpc(type);

    /// <summary>The base that is generated for a service stands inside the class of the same name: <c>Orders.OrdersBase</c>.</summary>
    public static bool IsGrpc(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Any(parent => parent.Type is QualifiedNameSyntax { Left: var left, Right.Identifier.ValueText: var right } && right == $"{SimpleName(left)}Base") == true
        || type.Members.OfType<MethodDeclarationSyntax>().Any(method => method.ParameterList.Parameters.Any(parameter => parameter.Type is { } given && SimpleName(given) == "ServerCallContext"));

    private bool IsJob(TypeDeclarationSyntax type) =>
        jobs.Contains(type.Identifier.ValueText) || Bases(type).Any(parent => Jobs.Contains(parent)) || Ends(type, "Job", "Jobs", "Worker", "HostedService");

    /// <summary>A lambda, or a function of the file, that is mapped to a path.</summary>
    private static bool IsHandler(SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().Any(IsMapping)
        || (node.AncestorsAndSelf().Select(FunctionName).OfType<string>().FirstOrDefault() is { } name && node.SyntaxTree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => IsMapping(call) && call.ArgumentList.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax given && given.Identifier.ValueText == name)));

    private static string? FunctionName(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        _ => null,
    };

    public static bool IsMapping(InvocationExpressionSyntax call) =>
        KindOfUse.NameOf(call) is "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods" or "MapFallback";

    public static bool Ends(TypeDeclarationSyntax type, params string[] words) => words.Any(word => type.Identifier.ValueText.EndsWith(word, StringComparison.Ordinal));

    public static IEnumerable<string> Bases(TypeDeclarationSyntax type) => type.BaseList?.Types.Select(parent => SimpleName(parent.Type)) ?? [];

    public static IEnumerable<AttributeSyntax> Attributes(TypeDeclarationSyntax type) => type.AttributeLists.SelectMany(list => list.Attributes);

    public static string NameOf(AttributeSyntax attribute) => SimpleName(attribute.Name) is var name && name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;

    private static string SimpleName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        NullableTypeSyntax nullable => SimpleName(nullable.ElementType),
        _ => "",
    };
}
