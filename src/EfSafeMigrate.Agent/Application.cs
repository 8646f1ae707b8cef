using System.Reflection;
using System.Runtime.InteropServices;
using EfSafeMigrate.Agent.Proofs;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EfSafeMigrate.Agent;

/// <summary>The user's application: its contexts, and the one that is open.</summary>
internal sealed class Application(HelloRequest hello) : IAsyncDisposable
{
    private IContextSource? source;
    private DbContext? context;
    private DesignServices? design;
    private Connections? connections;
    private ReleaseModels? releases;

    private IContextSource Source => source ??= hello.DesignAssembly is null ? new PublishedContexts(hello) : new DesignTime(hello);

    private DesignServices Design => design ??= (Source as DesignTime)?.Services(Context)
        ?? throw new InvalidOperationException("A published application has no design-time services.");

    private DbContext Context => context ?? throw new InvalidOperationException("`open` comes before this request.");

#pragma warning disable CA1822 // Part of the application's answers, whichever application it is.
    public HelloResult Greeting() => new(VersionOf(typeof(DbContext).Assembly), RuntimeInformation.FrameworkDescription);

    public ContextsResult Contexts() => new(Source.ContextTypes(), Source.Startup);

    public OpenResult Open(string name)
    {
        context = Create(name);
        if (!context.Database.IsRelational())
        {
            throw new AgentException(new Failure(FailureCode.NotRelational, context.Database.ProviderName ?? "none"));
        }
        var migrations = context.GetService<IMigrationsAssembly>();
        var provider = context.Database.ProviderName!;
        return new OpenResult(name, provider, VersionOf(Assembly.Load(provider)), VersionOf(typeof(DbContext).Assembly))
        {
            Migrations = [.. migrations.Migrations.Keys],
            HasSnapshot = migrations.ModelSnapshot is not null,
            ServerVersion = context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().Select(VersionIn).OfType<string>().FirstOrDefault(),
        };
    }

    /// <summary>Pomelo's options hold the version, and with it whether the server is MySQL or MariaDB, in a type of its own.</summary>
    private static string? VersionIn(RelationalOptionsExtension options) => options.GetType().GetProperty("ServerVersion")?.GetValue(options)?.ToString();

    public DescribeResult Describe(DescribeRequest request, CancellationToken cancellation) =>
        new Describer(Context).Describe(request, cancellation);

    public ModelsResult Models(ModelsRequest request, CancellationToken cancellation) => new Describer(Context).Models(request, cancellation);

    public ScaffoldResult Scaffold(ScaffoldRequest request) => new Scaffolder(Context, Design, hello).Scaffold(request);

    public StagesResult Stages(StagesRequest request, CancellationToken cancellation) => new InterimModels(Context, Design).Build(request, cancellation);

    public Connections Connections => connections ??= new Connections(Context);

    public Task<MigrateResult> MigrateAsync(MigrateRequest request, Action<CommandProgress> tell, CancellationToken cancellation) =>
        new Migrating(Context, tell).RunAsync(request, cancellation);

    public ConnectionTextResult ConnectionText(ConnectionTextRequest request) => new ConnectionText(Context).Read(request);

    public ColumnMeaningsResult ColumnMeanings() => new(Agent.ColumnMeanings.Of(Context));

    public MappedPropertiesResult MappedProperties() => new(Agent.MappedProperties.Of(Context));

    public Task<ProofResult> ProveAsync(ProofRequest request, CancellationToken cancellation) =>
        Connections.Of(request).ProveAsync(request, releases ??= new ReleaseModels(Context), cancellation);

    public async ValueTask DisposeAsync()
    {
        if (connections is not null)
        {
            await connections.DisposeAsync();
        }
        if (context is not null)
        {
            await context.DisposeAsync();
        }
    }

    private DbContext Create(string name)
    {
        try
        {
            var created = Source.CreateContext(name);
            // Forces the model and the provider now, where a failure still means "the context cannot be created".
            // The design-time model, because EF would build the other one separately and nobody here asks for it.
            _ = created.GetService<IDesignTimeModel>().Model;
            return created;
        }
#pragma warning disable CA1031 // The user's constructor and model may throw anything; all of it is the same answer.
        catch (Exception exception)
        {
            var cause = exception;
            while (cause is TargetInvocationException { InnerException: { } inner })
            {
                cause = inner;
            }
            throw new AgentException(
                new Failure(FailureCode.Context, cause.Message) { Startup = Source.Startup }, exception);
        }
    }

    public static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
