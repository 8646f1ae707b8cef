using System.Text;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Commands;

/// <summary>Writes what is for people so that a file is there as a whole or not at all.</summary>
internal static class ReportWriting
{
    private const string Temporary = ".safe-migrate-tmp";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="SafeMigrateException">A file cannot be written; then none is.</exception>
    public static void Write(Review review, IReadOnlyList<ReportFile> files) => Write("A report", [.. files.Select(file => (file.Path, file.Format.Write(review)))]);

    /// <param name="what">As a sentence about it begins.</param>
    /// <exception cref="SafeMigrateException">A file cannot be written; then none is.</exception>
    public static void Write(string what, IReadOnlyList<(string Path, string Text)> files)
    {
        var texts = files.Select(file => (Path: Target(file.Path), file.Text)).ToArray();
        var regular = texts.Where(each => !IsDevice(each.Path)).ToArray();
        try
        {
            foreach (var (path, text) in regular)
            {
                File.WriteAllText(path + Temporary, text, Utf8);
            }
            if (regular.FirstOrDefault(each => Directory.Exists(each.Path)) is { Path: { } folder })
            {
                throw new IOException($"`{folder}` is a folder.");
            }
            foreach (var (path, _) in regular)
            {
                File.Move(path + Temporary, path, overwrite: true);
            }
            foreach (var (path, text) in texts.Except(regular))
            {
                File.WriteAllText(path, text, Utf8);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            foreach (var (path, _) in regular)
            {
                File.Delete(path + Temporary);
            }
            throw new SafeMigrateException($"{what} cannot be written: {exception.Message}", "check the path of --output and the rights on the folder");
        }
    }

    /// <summary>Where a link leads is written, and the link stays.</summary>
    private static string Target(string path) =>
        !IsDevice(path) && new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;

    /// <summary>A terminal, a pipe, the null device: a file in its place would take it away from everybody.</summary>
    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
