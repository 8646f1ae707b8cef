using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EfSafeMigrate.Projects.Repositories;

/// <summary>The contents of files as git keeps them: one process answers for all of them, and is started when the first is wanted.</summary>
internal sealed class Blobs(string folder) : IDisposable
{
    private readonly ConcurrentDictionary<string, string?> texts = new();
    private readonly object gate = new();
    private Process? process;

    /// <returns>Null for a blob that the repository does not have.</returns>
    public string? Read(string blob) => texts.GetOrAdd(blob, Ask);

    public void Dispose()
    {
        if (process is not null)
        {
            // It ends when nobody can ask any more.
            process.StandardInput.Close();
            process.Dispose();
        }
    }

    private string? Ask(string blob)
    {
        lock (gate)
        {
            if (process is null)
            {
                process = GitProcess.Start(folder, ["cat-file", "--batch"]);
                // What nobody reads would fill its pipe some day, and then git waits.
                _ = process is { } started ? Task.Factory.StartNew(started.StandardError.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default) : null;
            }
            if (process is null)
            {
                return null;
            }
            process.StandardInput.Write(blob + "\n");
            process.StandardInput.Flush();
            var output = process.StandardOutput.BaseStream;
            // blob SP type SP size, or: blob SP missing
            var head = Line(output).Split(' ');
            if (head.Length != 3)
            {
                return null;
            }
            var bytes = new byte[int.Parse(head[2], CultureInfo.InvariantCulture)];
            output.ReadExactly(bytes);
            output.ReadExactly(new byte[1]);
            return Text(bytes);
        }
    }

    private static string Line(Stream stream)
    {
        var line = new StringBuilder();
        for (var next = stream.ReadByte(); next is not (-1 or '\n'); next = stream.ReadByte())
        {
            line.Append((char)next);
        }
        return line.ToString();
    }

    /// <summary>As a file is read: by its byte order mark, else as UTF-8.</summary>
    private static string Text(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
