using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Scratches;

/// <summary>
/// A server of our own in a folder that nobody else can enter, with its socket in it and so without a password; where a path is too long for a
/// socket, or the system has none, it listens on the loopback address and has a password that is in no file once it runs.
/// </summary>
/// <param name="user">Null where it runs as this user.</param>
internal sealed class PrivateServer(ToolForms forms, Programs programs, RunAs? user, ScratchFolder folder)
{
    private const string Data = "data";

    private readonly PrivateForms own = forms.Private;
    private int port;
    private string? password;

    private string? Socket => !OperatingSystem.IsWindows() && folder.Path.Length <= own.LongestSocket ? folder.Path : null;

    public string Folder => folder.Path;

    public IReadOnlyDictionary<string, string> Connection(string database) => own.Connection(Socket ?? IPAddress.Loopback.ToString(), port, password, database);

    public async Task StartAsync(CancellationToken cancellation)
    {
        await MakeAsync(cancellation);
        port = Socket is null ? FreePort() : 5432;
        await File.AppendAllLinesAsync(Path.Combine(folder.File(Data), own.SettingsFile), own.Settings(Socket, port), cancellation);
        await RunAsync(own.Start(folder.File(Data), Path.Combine(folder.File(Data), "log")), "start", cancellation);
    }

    /// <summary>Stops it, if it runs, and removes its folder.</summary>
    public async Task RemoveAsync(CancellationToken cancellation)
    {
        if (File.Exists(Path.Combine(folder.File(Data), own.Running)))
        {
            await programs.RunAsync(own.Stop(folder.File(Data)), forms, text: null, input: null, user, cancellation);
        }
        folder.Remove();
    }

    /// <summary>What a dead run left, server or not.</summary>
    public static async Task RemoveAsync(ToolForms? forms, ScratchFolder folder, CancellationToken cancellation)
    {
        var version = forms is null ? null : Path.Combine(folder.File(Data), forms.Private.VersionFile);
        if (version is not null && File.Exists(version) && EngineVersion.TryParse(await File.ReadAllTextAsync(version, cancellation), out var known)
            && await Programs.FindAsync(forms!, known.Major, cancellation) is { } programs)
        {
            await new PrivateServer(forms!, programs, RunAs.Needed(forms!.Private.Users), folder).RemoveAsync(cancellation);
        }
        else
        {
            folder.Remove();
        }
    }

    private async Task MakeAsync(CancellationToken cancellation)
    {
        string? file = null;
        if (Socket is null)
        {
            password = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
            file = folder.File("first");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            await using var writer = new StreamWriter(file, options);
            await writer.WriteAsync(password);
        }
        if (user is not null)
        {
            await ChangeOwnerAsync(cancellation);
        }
        try
        {
            await RunAsync(own.Make(folder.File(Data), file), "be made", cancellation);
        }
        finally
        {
            File.Delete(file ?? folder.File("first"));
        }
    }

    private async Task ChangeOwnerAsync(CancellationToken cancellation) =>
        await new Programs("/bin", 0).RunAsync(new("chown", "-R", string.Create(CultureInfo.InvariantCulture, $"{user!.User}:{user.Group}"), folder.Path), forms, text: null, input: null, user: null, cancellation);

    private async Task RunAsync(ToolCall call, string what, CancellationToken cancellation)
    {
        var result = await programs.RunAsync(call, forms, text: null, input: null, user, cancellation);
        if (result.Code != 0)
        {
            throw new SafeMigrateException(
                $"A private server could not {what} with {Path.Combine(programs.Folder, call.Program)}: {Last(result)}", "name a scratch database with --scratch", detail: result.Output + result.Error);
        }
    }

    private static string Last(ProgramResult result) =>
        (result.Error + '\n' + result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? $"exit code {result.Code}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
