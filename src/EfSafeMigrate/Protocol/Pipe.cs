using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EfSafeMigrate.Protocol;

/// <summary>JSON lines over a stream. Writes are whole lines whoever writes; one reader.</summary>
internal sealed class Pipe(Stream stream) : IDisposable
{
    /// <summary>Environment variable that carries the pipe's name to the agent.</summary>
    public const string NameVariable = "SAFE_MIGRATE_PIPE";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StreamReader reader = new(stream, Utf8, false, 1 << 16, leaveOpen: true);
    private readonly SemaphoreSlim writing = new(1);

    public async Task WriteAsync<T>(T message, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
        await writing.WaitAsync(cancellation);
        try
        {
            // Once begun, a line is finished: behind half a one the other side would not understand the next, and take it for the end.
            await stream.WriteAsync(line, CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next message, or null when the other side is gone.</summary>
    public async Task<T?> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        try
        {
            var line = await reader.ReadLineAsync(cancellation);
            return line is null ? null : JsonSerializer.Deserialize(line, type);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            // The other side died, perhaps in the middle of a line.
            return null;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        writing.Dispose();
    }
}
