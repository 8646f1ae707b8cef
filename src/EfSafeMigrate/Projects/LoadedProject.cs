using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects;

/// <summary>The user's project, built and with one context open in the agent.</summary>
internal sealed class LoadedProject : IAsyncDisposable
{
    private readonly AgentProcess agent;
    private PublishedApplication? published;
    private long reads;

    private LoadedProject(AgentProcess agent, string project, OpenResult context, IReadOnlyList<string> contexts)
    {
        this.agent = agent;
        Directory = Path.GetDirectoryName(project)!;
        Name = Path.GetFileNameWithoutExtension(project);
        Context = context;
        Contexts = contexts;
    }

    /// <summary>Folder of the project with the migrations, or of the published application.</summary>
    public string Directory { get; }

    public OpenResult Context { get; }

    /// <summary>All contexts of the application, by their full names.</summary>
    public IReadOnlyList<string> Contexts { get; }

    public string Name { get; }

    /// <summary>How often the database was read, in all sessions; each time, the server counts a rollback.</summary>
    public long Reads => Interlocked.Read(ref reads);

    public static async Task<LoadedProject> LoadAsync(ProjectRequest request, Talk talk, CancellationToken cancellation)
    {
        if (request.From is not null)
        {
            return await LoadPublishedAsync(PublishedApplication.Find(request), request, talk, cancellation);
        }
        var (project, startup) = ProjectFinder.Find(request);
        var (startupProperties, projectProperties) = await PropertiesAsync(project, startup, request, talk, cancellation);
        var packages = new Packages([startupProperties.ProjectAssetsFile, projectProperties.ProjectAssetsFile], startupProperties.NuGetPackageRoot);
        var hello = Hello(project, startup, startupProperties, projectProperties, packages, request);
        var agent = await StartAsync(startup, startupProperties, packages, request.Environment, talk, cancellation);
        return await OpenedAsync(agent, hello, project, Path.GetFileNameWithoutExtension(startup), request, talk, cancellation);
    }

    private static async Task<LoadedProject> LoadPublishedAsync(PublishedApplication application, ProjectRequest request, Talk talk, CancellationToken cancellation)
    {
        var agent = await AgentProcess.StartAsync(
            application.Directory, ["--depsfile", application.DependencyFile], application.RuntimeConfig, request.Environment, application.Assembly, talk, cancellation);
        var loaded = await OpenedAsync(agent, application.Hello(request.Arguments), application.Assembly, application.Name, request, talk, cancellation);
        loaded.published = application;
        return loaded;
    }

    private static async Task<LoadedProject> OpenedAsync(
        AgentProcess agent, HelloRequest hello, string project, string name, ProjectRequest request, Talk talk, CancellationToken cancellation)
    {
        try
        {
            var (context, contexts) = await talk.During($"Loading {name}", OpenAsync(agent, hello, request, cancellation));
            agent.Loaded = true;
            return new LoadedProject(agent, project, context, contexts);
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>What makes the commands of a migration.</summary>
    public string Provider => $"{Context.Provider} {Context.ProviderVersion} with EF Core {Context.EfVersion}";

    /// <summary>The commit it was built from; null when nobody knows.</summary>
    public async Task<string?> CommitAsync(CancellationToken cancellation) =>
        published is null ? await Git.CommitAsync(Directory, cancellation) : published.Commit;

    /// <summary>Migrations and pending model changes, with as few of EF's models built as are needed to be sure of the schema before each.</summary>
    public async Task<DescribeResult> DescribeAsync(IReadOnlyList<string> migrations, bool pendingModel, SqlDialect dialect, CancellationToken cancellation)
    {
        var described = await AskAsync(new DescribeRequest(migrations, pendingModel) { FirstSourcesOnly = true }, ProtocolJson.Default.DescribeResult, cancellation);
        return await SourceModels.CompleteAsync(
            described, dialect, async id => (await AskAsync(new ModelsRequest([id]), ProtocolJson.Default.ModelsResult, cancellation)).Models[0]);
    }

    public Task<T> AskAsync<T>(Request request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellation) =>
        AskAsync(agent, request, type, Context.Context, cancellation);

    /// <exception cref="AgentFailure">The database refuses; what that means is for the caller to say.</exception>
    public async Task<T> AskDatabaseAsync<T>(Request request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        if (request is QueryRequest or AppliedRequest { Before.Count: > 0 })
        {
            Interlocked.Increment(ref reads);
        }
        try
        {
            return await agent.AskAsync(request, type, cancellation);
        }
        catch (AgentFailure failure) when (!FailureCode.IsDatabase(failure.Failure.Code))
        {
            throw ProjectErrors.Of(failure.Failure, Context.Context);
        }
    }

    /// <summary>Tells of each command; when cancelled, waits until the database has let go.</summary>
    /// <exception cref="AgentFailure">The migration failed or was cancelled.</exception>
    public Task<MigrateResult> MigrateAsync(MigrateRequest request, Action<CommandProgress> progress, CancellationToken cancellation) =>
        agent.FollowAsync(
            request, ProtocolJson.Default.MigrateResult,
            told => progress(System.Text.Json.JsonSerializer.Deserialize(told, ProtocolJson.Default.CommandProgress)!), cancellation);

    public ValueTask DisposeAsync() => agent.DisposeAsync();

    private static async Task<(ProjectProperties Startup, ProjectProperties Project)> PropertiesAsync(
        string project, string startup, ProjectRequest request, Talk talk, CancellationToken cancellation)
    {
        if (request.NoBuild && PropertyCache.Read(startup, project, request) is { } cached)
        {
            return cached;
        }
        var name = Path.GetFileNameWithoutExtension(startup);
        var startupTask = request.NoBuild
            ? MsBuild.EvaluateAsync(startup, request, cancellation)
            : MsBuild.BuildAsync(startup, request, cancellation);
        // Only evaluated: the build of the start-up project has built it, in the framework that fits.
        var projectTask = project == startup ? startupTask
            : MsBuild.EvaluateAsync(project, request with { Framework = null, Runtime = null }, cancellation);
        await talk.During($"{(request.NoBuild ? "Reading" : "Building")} {name}", Task.WhenAll(startupTask, projectTask));
        var answer = (MsBuild.Complete(startup, await startupTask), await projectTask);
        PropertyCache.Write(startup, project, request, answer);
        return answer;
    }

    private static HelloRequest Hello(
        string project, string startup, ProjectProperties startupProperties, ProjectProperties projectProperties, Packages packages, ProjectRequest request)
    {
        if (!File.Exists(startupProperties.TargetPath))
        {
            throw ProjectErrors.NotBuilt(startupProperties.TargetPath);
        }
        var output = Path.GetDirectoryName(startupProperties.TargetPath)!;
        var assembly = project == startup ? startupProperties.TargetPath : Path.Combine(output, projectProperties.AssemblyName + ".dll");
        if (!File.Exists(assembly))
        {
            throw ProjectErrors.NotReferenced(startup, projectProperties.AssemblyName);
        }
        var version = packages.EfVersion ?? throw ProjectErrors.NoEntityFramework(project);
        return new HelloRequest
        {
            Assembly = assembly,
            StartupAssembly = startupProperties.TargetPath,
            Project = project,
            ProjectDirectory = Path.GetDirectoryName(project)!,
            RootNamespace = projectProperties.RootNamespace,
            Language = projectProperties.Language is { Length: > 0 } language ? language : "C#",
            Nullable = projectProperties.Nullable is "enable" or "annotations",
            DesignAssembly = packages.DesignAssembly(output) ?? throw ProjectErrors.NoDesign(startup, version),
            Arguments = request.Arguments,
        };
    }

    private static async Task<AgentProcess> StartAsync(
        string startup, ProjectProperties properties, Packages packages, string? environment, Talk talk, CancellationToken cancellation)
    {
        var original = File.Exists(properties.ProjectRuntimeConfigFilePath)
            ? await File.ReadAllTextAsync(properties.ProjectRuntimeConfigFilePath, cancellation)
            : null;
        List<string> options = [];
        if (File.Exists(properties.ProjectDepsFilePath))
        {
            options.AddRange(["--depsfile", properties.ProjectDepsFilePath]);
        }
        foreach (var folder in packages.Folders)
        {
            options.AddRange(["--additionalprobingpath", folder]);
        }
        return await AgentProcess.StartAsync(
            Path.GetDirectoryName(startup)!, options, RuntimeConfig.Synthesise(original, properties.TargetFramework), environment, application: null, talk, cancellation);
    }

    private static async Task<(OpenResult Context, IReadOnlyList<string> Contexts)> OpenAsync(
        AgentProcess agent, HelloRequest hello, ProjectRequest request, CancellationToken cancellation)
    {
        await AskAsync(agent, hello, ProtocolJson.Default.HelloResult, "", cancellation);
        var found = await AskAsync(agent, new ContextsRequest(), ProtocolJson.Default.ContextsResult, "", cancellation);
        var context = Choose(found, request.Context);
        return (await AskAsync(agent, new OpenRequest(context), ProtocolJson.Default.OpenResult, context, cancellation), found.Contexts);
    }

    private static string Choose(ContextsResult found, string? wanted)
    {
        if (found.Contexts.Count == 0)
        {
            throw ProjectErrors.NoContext(found.Startup);
        }
        var matching = wanted is null ? found.Contexts
            : [.. found.Contexts.Where(name => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(ProjectErrors.Short(name), wanted, StringComparison.OrdinalIgnoreCase))];
        return matching switch
        {
            [var only] => only,
            [] => throw ProjectErrors.NoSuchContext(wanted!, found.Contexts),
            _ => throw ProjectErrors.SeveralContexts(matching),
        };
    }

    private static async Task<T> AskAsync<T>(
        AgentProcess agent, Request request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string context, CancellationToken cancellation)
    {
        try
        {
            return await agent.AskAsync(request, type, cancellation);
        }
        catch (AgentFailure failure)
        {
            throw ProjectErrors.Of(failure.Failure, context);
        }
    }
}
