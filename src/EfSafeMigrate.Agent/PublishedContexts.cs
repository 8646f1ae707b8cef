using System.Reflection;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EfSafeMigrate.Agent;

/// <summary>
/// The contexts of a published application, where EF's Design assembly is missing: found in the order EF has, by a design-time factory,
/// by the services of the application's host, by a constructor.
/// </summary>
internal sealed class PublishedContexts(HelloRequest hello) : IContextSource
{
    private readonly StartedHost host = new(AssemblyResolution.Load(hello.StartupAssembly), hello.Arguments);
    private IReadOnlyDictionary<Type, Func<DbContext>>? contexts;

    public string? Startup => host.Failure;

    private IReadOnlyDictionary<Type, Func<DbContext>> Contexts => contexts ??= Find();

    public IReadOnlyList<string> ContextTypes() => [.. Contexts.Keys.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    public DbContext CreateContext(string fullName) => Contexts.Single(pair => pair.Key.FullName == fullName).Value();

    private Dictionary<Type, Func<DbContext>> Find()
    {
        var types = hello.OwnAssemblies.Select(AssemblyResolution.Load).Distinct().SelectMany(Types).Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false }).ToArray();
        Dictionary<Type, Func<DbContext>> found = [];
        foreach (var factory in types)
        {
            foreach (var contract in factory.GetInterfaces().Where(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>)))
            {
                found.TryAdd(contract.GenericTypeArguments[0], () => ByFactory(factory, contract));
            }
        }
        // The host is not started for what a factory makes: that is what factories are for.
        var others = types.Where(type => type.IsAssignableTo(typeof(DbContext)) && !found.ContainsKey(type)).ToArray();
        if (others.Length > 0 || found.Count == 0)
        {
            foreach (var registered in host.Services?.GetServices<DbContextOptions>().Select(options => options.ContextType).Distinct() ?? [])
            {
                found.TryAdd(registered, () => ByServices(registered));
            }
        }
        foreach (var type in others)
        {
            found.TryAdd(type, () => ByServices(type));
        }
        return found;
    }

    private DbContext ByFactory(Type factory, Type contract) =>
        (DbContext)contract.GetMethod(nameof(IDesignTimeDbContextFactory<DbContext>.CreateDbContext))!
            .Invoke(Activator.CreateInstance(factory, nonPublic: true), [hello.Arguments.ToArray()])!;

    private DbContext ByServices(Type context)
    {
        if (host.Services is not { } services)
        {
            return (DbContext)Activator.CreateInstance(context, nonPublic: true)!;
        }
        var factory = services.GetService(typeof(IDbContextFactory<>).MakeGenericType(context));
        return factory is null
            ? (DbContext)ActivatorUtilities.GetServiceOrCreateInstance(services, context)
            : (DbContext)factory.GetType().GetMethod(nameof(IDbContextFactory<DbContext>.CreateDbContext), Type.EmptyTypes)!.Invoke(factory, [])!;
    }

    /// <summary>Those that can be loaded: one that needs an assembly which was not published is no context of this application.</summary>
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
