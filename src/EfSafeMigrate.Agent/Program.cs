using System.IO.Pipes;
using EfSafeMigrate.Agent;
using EfSafeMigrate.Protocol;

var name = Environment.GetEnvironmentVariable(Pipe.NameVariable);
if (name is null)
{
    await Console.Error.WriteLineAsync("This program is started by `dotnet safe-migrate`.");
    return 2;
}

// The application and its children need not know the pipe.
Environment.SetEnvironmentVariable(Pipe.NameVariable, null);
using var stream = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
await stream.ConnectAsync(10_000);
using var pipe = new Pipe(stream);
using var server = new Server(pipe);
await server.RunAsync();

// The tool is gone or has said goodbye; foreground threads and children of the application would stay.
Ending.Now();
return 0;
