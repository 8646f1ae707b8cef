using System.Globalization;

namespace EfSafeMigrate.Projects;

/// <summary>The .NET SDK that a folder is built with.</summary>
internal static class DotnetSdk
{
    private const int Newest = 10;

    /// <summary>Its major version; where there is none, the newest that is known here.</summary>
    public static async Task<int> MajorAsync(string folder, CancellationToken cancellation)
    {
        var answer = await ChildProcess.RunAsync(folder, ["--version"], cancellation);
        return answer.Code == 0 && int.TryParse(answer.Output.Trim().Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : Newest;
    }
}
