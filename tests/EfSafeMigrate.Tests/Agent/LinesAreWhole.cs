using System.Text;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Tests.Agent;

public sealed class LinesAreWhole
{
    /// <summary>A question is cancelled while it is written; the next one is still understood.</summary>
    [Fact]
    public async Task ACancelledMessageIsFinished()
    {
        using var cancelling = new CancellationTokenSource();
        await using var stream = new Cancelled(cancelling);
        using var pipe = new Pipe(stream);
        await Should.NotThrowAsync(() => pipe.WriteAsync(new CancelRequest(1), ProtocolJson.Default.Request, cancelling.Token));
        await pipe.WriteAsync(new CancelRequest(2), ProtocolJson.Default.Request, CancellationToken.None);

        stream.Position = 0;
        (await pipe.ReadAsync(ProtocolJson.Default.Request, CancellationToken.None)).ShouldBe(new CancelRequest(1));
        (await pipe.ReadAsync(ProtocolJson.Default.Request, CancellationToken.None)).ShouldBe(new CancelRequest(2));
        Encoding.UTF8.GetString(stream.ToArray()).ShouldEndWith("\n");
    }

    /// <summary>The cancellation comes when the first bytes have gone out.</summary>
    private sealed class Cancelled(CancellationTokenSource cancelling) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            await cancelling.CancelAsync();
        }
    }
}
