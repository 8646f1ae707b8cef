using EfSafeMigrate.Agent;
using EfSafeMigrate.Protocol;

/// <summary>
/// How the agent gets into a published application: the runtime calls it before <c>Main</c>, in the application's own process with its own
/// dependencies. The runtime prescribes the class's name, without a namespace. <c>Main</c> itself is never reached from here.
/// </summary>
#pragma warning disable CA1050
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Pipe.NameVariable) is not { } name)
        {
            return;
        }
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        Serving.RunAsync(name).GetAwaiter().GetResult();
    }
}
