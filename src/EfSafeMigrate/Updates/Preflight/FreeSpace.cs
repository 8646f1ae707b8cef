namespace EfSafeMigrate.Updates.Preflight;

internal static class FreeSpace
{
    /// <returns>Null when the path is not on this machine, or may not be seen.</returns>
    public static long? Of(string path)
    {
        try
        {
            // The log is often on a disk of its own, behind a link.
            var real = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            return File.Exists(real) || Directory.Exists(real) ? new DriveInfo(real).AvailableFreeSpace : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
