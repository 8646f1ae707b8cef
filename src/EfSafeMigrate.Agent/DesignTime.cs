using System.Reflection;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EfSafeMigrate.Agent;

/// <summary>
/// EF's own discovery of contexts, so that a project behaves as under <c>dotnet ef</c>.
/// Reached by reflection: EF 9 inserted a constructor argument and EF 11 moved a type, so arguments are matched by parameter name.
/// </summary>
internal sealed class DesignTime : IContextSource
{
    private const string Internal = "Microsoft.EntityFrameworkCore.Design.Internal.";

    private readonly object operations;
    private readonly Assembly design;
    private readonly HelloRequest hello;
    private readonly List<string> warnings = [];
    private IDictionary<Type, Func<DbContext>>? factories;

    public DesignTime(HelloRequest hello)
    {
        this.hello = hello;
        design = AssemblyResolution.Load(hello.DesignAssembly!);
        var type = design.GetType(Internal + "DbContextOperations", throwOnError: true)!;
        operations = Construct(type);
    }

    /// <summary>What EF reported about running the application's start-up, newest last.</summary>
    public string? Startup => warnings.LastOrDefault(warning => warning.Contains("Microsoft.Extensions.Hosting", StringComparison.Ordinal));

    /// <summary>EF's design-time services for the context, with those of the provider and of the application.</summary>
    public DesignServices Services(DbContext context)
    {
        var builder = Construct(design.GetType(Internal + "DesignTimeServicesBuilder", throwOnError: true)!);
        var services = (IServiceProvider)builder.GetType().GetMethod("Build", [typeof(DbContext)])!.Invoke(builder, [context])!;
        // Some of them are scoped; the scope lives as long as the agent.
        var scope = services.GetService(typeof(IServiceScopeFactory)) as IServiceScopeFactory;
        return new DesignServices(scope?.CreateScope().ServiceProvider ?? services, design, hello.Language);
    }

    public IReadOnlyList<string> ContextTypes() => [.. Factories.Keys.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    public DbContext CreateContext(string fullName) => Factories.Single(pair => pair.Key.FullName == fullName).Value();

    /// <summary>Found once: EF's public methods start the application's host anew at every call.</summary>
    private IDictionary<Type, Func<DbContext>> Factories => factories ??= FindContextTypes();

    private IDictionary<Type, Func<DbContext>> FindContextTypes()
    {
        var method = operations.GetType().GetMethod(nameof(FindContextTypes), BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new AgentException(new Failure(FailureCode.Design, "This version of EF Core finds contexts in a way the tool does not know."));
        object?[] arguments = [.. method.GetParameters().Select(parameter => parameter.Name == "useServiceProvider" ? true
            : parameter.HasDefaultValue ? parameter.DefaultValue : null)];
        return (IDictionary<Type, Func<DbContext>>)method.Invoke(operations, arguments)!;
    }

    private object Construct(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
    }

    private object? Argument(ParameterInfo parameter) => parameter.Name switch
    {
        "reporter" => Reporter(parameter.ParameterType),
        "assembly" => AssemblyResolution.Load(hello.Assembly),
        "startupAssembly" => AssemblyResolution.Load(hello.StartupAssembly),
        "project" => hello.Project,
        "projectDir" => hello.ProjectDirectory,
        "rootNamespace" => hello.RootNamespace,
        "language" => hello.Language,
        "nullable" => hello.Nullable,
        "args" => hello.Arguments.ToArray(),
        _ when parameter.HasDefaultValue => parameter.DefaultValue,
        _ => throw new AgentException(new Failure(
            FailureCode.Design, $"This version of EF Core asks for `{parameter.Name}`, which the tool does not know.")),
    };

    private object Reporter(Type wanted)
    {
        Type Find(string name) =>
            design.GetType(name) ?? wanted.Assembly.GetType(name)
            ?? throw new AgentException(new Failure(FailureCode.Design, $"EF Core's `{name}` was not found."));

        Action<string> ignore = _ => { };
        Action<string> keep = warnings.Add;
        var handler = Activator.CreateInstance(Find("Microsoft.EntityFrameworkCore.Design.OperationReportHandler"), keep, keep, ignore, ignore)!;
        return Activator.CreateInstance(Find(Internal + "OperationReporter"), handler)!;
    }
}
