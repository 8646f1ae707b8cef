using EfSafeMigrate.Agent;
using EfSafeMigrate.Protocol;

if (Environment.GetEnvironmentVariable(Pipe.NameVariable) is not { } name)
{
    await Console.Error.WriteLineAsync("This program is started by `dotnet safe-migrate`.");
    return 2;
}
await Serving.RunAsync(name);
return 0;
