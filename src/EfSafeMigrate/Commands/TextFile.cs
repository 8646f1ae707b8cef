using System.Text;

namespace EfSafeMigrate.Commands;

/// <summary>A text as people save it: UTF-8, or UTF-16 that says so.</summary>
internal static class TextFile
{
    public const string StandardInput = "-";

    private const string Encodings = "save it as UTF-8, or as UTF-16 with a byte order mark";

    /// <exception cref="SafeMigrateException">There is no such file, or it holds no text.</exception>
    public static string Read(string path)
    {
        var (bytes, said) = (Bytes(path), path == StandardInput ? "Standard input" : $"`{path}`");
        var text = Decoded(bytes, said);
        return text.Contains('\0', StringComparison.Ordinal) ? throw new SafeMigrateException($"{said} is not a text: it holds zero bytes.", Encodings)
            : text.Length == 0 || text.All(char.IsWhiteSpace) ? throw new SafeMigrateException($"{said} is empty.", "give a file that holds SQL")
            : text;
    }

    private static byte[] Bytes(string path)
    {
        if (path == StandardInput)
        {
            using var all = new MemoryStream();
            Console.OpenStandardInput().CopyTo(all);
            return all.ToArray();
        }
        if (Directory.Exists(path))
        {
            throw new SafeMigrateException($"`{path}` is a folder.", "give one file; run it once for each");
        }
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SafeMigrateException($"There is no file `{path}`.", "give a file that holds SQL, or - for standard input");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SafeMigrateException($"`{path}` cannot be read: {exception.Message}", "check the path and the rights on the file");
        }
    }

    private static string Decoded(byte[] bytes, string said)
    {
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        var mark = encoding.Preamble;
        try
        {
            return encoding.GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new SafeMigrateException($"{said} is not UTF-8.", Encodings);
        }
    }
}
