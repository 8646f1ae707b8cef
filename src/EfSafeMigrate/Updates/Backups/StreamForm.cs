using System.IO.Compression;
using System.Text;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>The engine's own programs write SQL, which is compressed on its way into files and out of them.</summary>
internal sealed class StreamForm(Original original, StreamPrograms forms, Programs programs) : BackupForm(original)
{
    private const int Buffer = 1 << 16;

    public override string Program => $"{forms.Forms.Main} {programs.Version}";

    public override bool Beside => true;

    public override async Task WriteAsync(Link session, string? snapshot, ScratchOwner owner, string path, Action begun, CancellationToken cancellation)
    {
        PrivateFiles.MakeFolder(path);
        var from = await Original.TextAsync(Original.ConnectionString, new Dictionary<string, string>(), cancellation);
        foreach (var part in forms.Parts)
        {
            var call = part.Dump(from.Values);
            PrivateFiles.Write(FileOf(path, part), "");
            var result = await programs.RunAsync(call, forms.Forms, from, input: null, user: null, cancellation, output => PackAsync(output, FileOf(path, part), begun, cancellation));
            Check(result, call, forms.Forms, "The database was not dumped");
            begun();
        }
    }

    public override async Task RestoreAsync(string path, ConnectionTextResult to, ScratchOwner owner, RestoreManner manner, CancellationToken cancellation)
    {
        foreach (var part in forms.Parts)
        {
            var call = forms.Run(to.Values);
            var result = await programs.RunAsync(call, forms.Forms, to, writer => UnpackAsync(FileOf(path, part), writer.BaseStream, manner, cancellation), user: null, cancellation);
            Check(result, call, forms.Forms, "The backup was not restored");
        }
    }

    private static string FileOf(string path, StreamPart part) => Path.Combine(path, part.File);

    private async Task PackAsync(Stream output, string file, Action begun, CancellationToken cancellation)
    {
        await using var packed = new GZipStream(File.OpenWrite(file), CompressionLevel.Fastest);
        var (buffer, end, mark, seen) = (new byte[Buffer], Array.Empty<byte>(), Encoding.UTF8.GetBytes(forms.Begun), false);
        for (int read; (read = await output.ReadAsync(buffer, cancellation)) > 0;)
        {
            await packed.WriteAsync(buffer.AsMemory(0, read), cancellation);
            if (!seen)
            {
                byte[] there = [.. end, .. buffer.AsSpan(0, read)];
                seen = there.AsSpan().IndexOf(mark) >= 0;
                end = there[^Math.Min(there.Length, mark.Length)..];
                if (seen)
                {
                    begun();
                }
            }
        }
    }

    private async Task UnpackAsync(string file, Stream input, RestoreManner manner, CancellationToken cancellation)
    {
        // Whoever writes its bytes to the disk meanwhile is not in the way, which Windows would think.
        await using var packed = new GZipStream(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), CompressionMode.Decompress);
        if (manner == RestoreManner.AsItWas)
        {
            await packed.CopyToAsync(input, cancellation);
            return;
        }
        var rows = Encoding.UTF8.GetBytes(forms.Rows);
        await foreach (var line in LinesAsync(packed, cancellation))
        {
            // A character for each byte: whatever is in it stays as it is.
            await input.WriteAsync(line.AsSpan().StartsWith(rows) ? line : Encoding.Latin1.GetBytes(forms.Line(Encoding.Latin1.GetString(line), manner)), cancellation);
        }
    }

    /// <summary>Each with the end it has.</summary>
    private static async IAsyncEnumerable<byte[]> LinesAsync(Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        var buffer = new byte[Buffer];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            for (var at = 0; at < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', at, read - at);
                var next = end < 0 ? read : end + 1;
                await line.WriteAsync(buffer.AsMemory(at, next - at), cancellation);
                at = next;
                if (end >= 0)
                {
                    yield return line.ToArray();
                    line.SetLength(0);
                }
            }
        }
        if (line.Length > 0)
        {
            yield return line.ToArray();
        }
    }
}
