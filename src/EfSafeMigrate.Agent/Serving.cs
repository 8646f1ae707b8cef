using System.IO.Pipes;
using System.Runtime.InteropServices;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>The agent's life: connect to the tool, answer until it is gone, end.</summary>
internal static class Serving
{
    public static async Task RunAsync(string name)
    {
        // Ctrl+C on a terminal, and a service manager, reach every process of the group; the tool alone decides, and the pipe tells.
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var ignored = signals.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToArray();

        // The application and its children need not know the pipe.
        Environment.SetEnvironmentVariable(Pipe.NameVariable, null);
        await using var stream = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        await stream.ConnectAsync(10_000);
        using var pipe = new Pipe(stream);
        using var server = new Server(pipe);
        await server.RunAsync();

        GC.KeepAlive(ignored);
        // The tool is gone or has said goodbye; foreground threads and children of the application would stay.
        Ending.Now();
    }
}
