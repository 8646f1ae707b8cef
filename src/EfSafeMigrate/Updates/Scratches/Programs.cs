using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Scratches;

/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
internal sealed record ProgramResult(int Code, string Output, string Error);

/// <summary>The server's own programs in one folder of this machine.</summary>
internal sealed partial record Programs(string Folder, int Major)
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
    public async Task<ProgramResult> RunAsync(ToolCall call, ProgramForms forms, ConnectionTextResult? text, Func<StreamWriter, Task>? input, RunAs? user, CancellationToken cancellation)
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
        return await RunAsync(start, input, cancellation);
    }

    /// <summary>Any program, to its end; it does not outlive a cancellation.</summary>
    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start, Func<StreamWriter, Task>? input, CancellationToken cancellation)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute, start.CreateNoWindow) = (true, true, true, false, true);
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await FeedAsync(process, input);
            await process.WaitForExitAsync(cancellation);
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
        return Number().Match(said.Output) is { Success: true } found
            ? new Programs(folder, int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)) { Version = found.Value } : null;
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

    [GeneratedRegex(@"(\d+)(?:\.\d+)*")]
    private static partial Regex Number();
}
