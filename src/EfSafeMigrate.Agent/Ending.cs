using System.Diagnostics;
using System.Globalization;

namespace EfSafeMigrate.Agent;

/// <summary>Ends the process and what the application started, whatever handlers the application has.</summary>
internal static class Ending
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static void Now()
    {
        using var self = Process.GetCurrentProcess();
        foreach (var child in Children(self.Id))
        {
            Kill(child);
        }
        var deadline = new Thread(() =>
        {
            Thread.Sleep(Grace);
            Process.GetCurrentProcess().Kill();
        }) { IsBackground = true };
        deadline.Start();
        // Runs the application's own exit handlers, for as long as the deadline lets them.
        Environment.Exit(0);
    }

    private static void Kill(int child)
    {
        try
        {
            using var process = Process.GetProcessById(child);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // Ended meanwhile.
        }
    }

    /// <summary>Known where the system lists them as files; elsewhere the tool, which ends the whole tree, has to be alive.</summary>
    private static IEnumerable<int> Children(int parent)
    {
        var tasks = $"/proc/{parent}/task";
        return !Directory.Exists(tasks) ? []
            : Directory.GetDirectories(tasks)
                .Select(task => Path.Combine(task, "children"))
                .Where(File.Exists)
                .SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }
}
