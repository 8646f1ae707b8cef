using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>Somebody has put a file in a place. A folder that is away may be a share that is away, with the file in it.</summary>
internal sealed class FileThrottle(string path) : Throttle
{
    public override string Signal => $"the file {path}";

    public override Task<string?> LookAsync(Connection control, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            File.GetAttributes(path);
            return Task.FromResult<string?>($"the file {path} is there");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? Task.FromResult<string?>(null) : throw new SignalUnread("its folder is not there");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SignalUnread(exception.Message.TrimEnd('.'));
        }
    }
}
