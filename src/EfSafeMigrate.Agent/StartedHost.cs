using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace EfSafeMigrate.Agent;

/// <summary>
/// The services of the application's host. Its entry point runs on a thread of its own until the host is built: the hosting library says so by
/// a diagnostic event, and the exception thrown there ends the entry point, so that nothing after <c>Build()</c> runs.
/// </summary>
internal sealed class StartedHost : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Hosting = "Microsoft.Extensions.Hosting";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Lazy<IServiceProvider?> services;
    private readonly Assembly startup;
    private readonly string[] arguments;
    private readonly AsyncLocal<bool> ours = new();
    private readonly TaskCompletionSource<IServiceProvider?> built = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StartedHost(Assembly startup, IReadOnlyList<string> arguments)
    {
        this.startup = startup;
        // The host reads its name from here, and its name decides whose settings it loads.
        this.arguments = arguments.Contains("--applicationName", StringComparer.OrdinalIgnoreCase) ? [.. arguments] : [.. arguments, "--applicationName", startup.GetName().FullName];
        services = new(Start);
    }

    /// <summary>In a scope that lives as long as the agent; null when the application has no host, or none was built.</summary>
    public IServiceProvider? Services => services.Value;

    public string? Failure { get; private set; }

    public void OnNext(DiagnosticListener value)
    {
        if (ours.Value && value.Name == Hosting)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (ours.Value && value.Key == "HostBuilt")
        {
            var provider = (IServiceProvider)value.Value!.GetType().GetProperty("Services")!.GetValue(value.Value)!;
            built.TrySetResult(provider);
            throw new Enough();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private IServiceProvider? Start()
    {
        // Without the hosting library no host can be built, and the entry point would run to its end.
        if (startup.EntryPoint is not { } entry || !IsHosted())
        {
            return null;
        }
        using var listening = DiagnosticListener.AllListeners.Subscribe(this);
        var thread = new Thread(() => Run(entry)) { IsBackground = true };
        thread.Start();
        if (!built.Task.Wait(Limit))
        {
            Failure = $"no host was built within {Limit.TotalSeconds:0} seconds";
            return null;
        }
        return built.Task.Result?.CreateScope().ServiceProvider;
    }

    private void Run(MethodInfo entry)
    {
        ours.Value = true;
        try
        {
            entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [arguments]);
            Failure ??= built.Task.IsCompleted ? null : "the entry point ended without building a host";
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
        {
            Failure ??= cause is Enough || built.Task.IsCompleted ? null : cause.Message;
        }
        built.TrySetResult(null);
    }

    private static bool IsHosted()
    {
        try
        {
            return Assembly.Load(Hosting) is not null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException)
        {
            return false;
        }
    }

#pragma warning disable CA1064, CA1032 // Thrown through the application, caught above.
    private sealed class Enough() : Exception("The host is built; the tool needs nothing after it.");
}
