namespace EfSafeMigrate.EndToEndTests.Wraps;

/// <summary>A disk of a few kilobytes, gone at the end.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static async Task<SmallDisk> MountAsync(string path, int kilobytes)
    {
        Directory.CreateDirectory(path);
        var mounted = await Shell.RunAsync("/", "mount", ["-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path]);
        mounted.Code.ShouldBe(0, mounted.ToString());
        return new(path);
    }

    public async Task GrowAsync(int kilobytes)
    {
        var grown = await Shell.RunAsync("/", "mount", ["-o", $"remount,size={kilobytes}k", Path]);
        grown.Code.ShouldBe(0, grown.ToString());
    }

    public async ValueTask DisposeAsync() => (await Shell.RunAsync("/", "umount", [Path])).Code.ShouldBe(0);
}
