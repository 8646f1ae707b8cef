using System.ComponentModel;
using System.Diagnostics;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Scratches;

/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ProgramResult(int Code, string Output, string Error);

/// <summary>The server's own programs in one folder of this machine.</summary>
internal sealed record Programs(string Folder, int Major)
{
    /// <summary>As the program that was looked for says it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The programs that fit a server best: of its own version, else the next newer, else the newest there is; null when there are none.</summary>
    public static async Task<Programs?> FindAsync(ProgramForms forms, int major, CancellationToken cancellation)
    {
        List<Programs> found = [];
        foreach (var folder in Folders(forms).Distinct())
        {
            if (File.Exists(Path.Combine(folder, Executable(forms.Main))) && await VersionAsync(forms, folder, cancellation) is { } version)
            {
                found.Add(version);
                if (version.Major == major || folder == Environment.GetEnvironmentVariable(forms.Variable))
                {
                    return found[^1];
                }
            }
        }
        return found.Where(each => each.Major > major).MinBy(each => each.Major) ?? found.MaxBy(each => each.Major);
    }

    public bool Has(string program) => File.Exists(Path.Combine(Folder, Executable(program)));

    /// <param name="text">Leads to the database; its password goes into the program's environment, where only this user can read it.</param>
    /// <param name="input">Given to the program's standard input.</param>
    public async Task<ProgramResult> RunAsync(ToolCall call, ProgramForms forms, ConnectionTextResult? text, Func<StreamWriter, Task>? input, RunAs? user, CancellationToken cancellation, Func<Stream, Task>? output = null)
    {
        var file = Path.Combine(Folder, Executable(call.Program));
        var start = user is null ? new ProcessStartInfo(file, call.Arguments) : user.Start(file, call.Arguments);
        // Where every user may be.
        start.WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!;
        start.Environment["LC_MESSAGES"] = "C";
        forms.Unset.ToList().ForEach(name => start.Environment.Remove(name));
        foreach (var (keyword, value) in text?.Values ?? new Dictionary<string, string>())
        {
            if (forms.Variables.TryGetValue(keyword, out var variable))
            {
                start.Environment[variable] = forms.Value(keyword, value);
            }
        }
        return await RunAsync(start, input, cancellation, output);
    }

    /// <summary>Any program, to its end; it does not outlive a cancellation.</summary>
    /// <param name="reader">Takes its standard output, which is nothing in the result then.</param>
    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start, Func<StreamWriter, Task>? input, CancellationToken cancellation, Func<Stream, Task>? reader = null)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute, start.CreateNoWindow) = (true, true, true, false, true);
        using var process = Start(start);
        var output = reader is null ? process.StandardOutput.ReadToEndAsync(CancellationToken.None) : TakenAsync(reader, process.StandardOutput.BaseStream);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await FeedAsync(process, input);
            var exit = process.WaitForExitAsync(cancellation);
            if (await Task.WhenAny(exit, output) == output)
            {
                // What cannot be taken is not waited for.
                await output;
            }
            await exit;
        }
        finally
        {
            Kill(process);
        }
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new SafeMigrateException($"`{start.FileName}` does not start: {exception.Message}", "install it, or look whether this user may start it");
        }
    }

    private static async Task<string> TakenAsync(Func<Stream, Task> reader, Stream output)
    {
        await reader(output);
        return "";
    }

    private static async Task FeedAsync(Process process, Func<StreamWriter, Task>? input)
    {
        try
        {
            await (input?.Invoke(process.StandardInput) ?? Task.CompletedTask);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; why is in its output.
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Programs?> VersionAsync(ProgramForms forms, string folder, CancellationToken cancellation)
    {
        var said = await new Programs(folder, 0).RunAsync(new(forms.Main, "--version"), forms, text: null, input: null, user: null, cancellation);
        return forms.VersionIn(said.Output) is { } found && EngineVersion.TryParse(found, out var version) ? new Programs(folder, version.Major) { Version = found } : null;
    }

    private static IEnumerable<string> Folders(ProgramForms forms) =>
    [
        .. Environment.GetEnvironmentVariable(forms.Variable) is { Length: > 0 } named ? [named] : Array.Empty<string>(),
        .. forms.Folders.SelectMany(Matching),
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    private static string[] Matching(string pattern)
    {
        var parts = pattern.Split('*');
        var parent = Path.GetDirectoryName(parts[0] + "x")!;
        return parts.Length == 1 ? [pattern]
            : Directory.Exists(parent) ? [.. Directory.GetDirectories(parent, Path.GetFileName(parts[0] + "x")[..^1] + "*").OrderDescending().Select(folder => folder + parts[1].Replace('\\', Path.DirectorySeparatorChar))]
            : [];
    }

    private static string Executable(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;
}
