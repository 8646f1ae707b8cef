using EfSafeMigrate.Agent;

namespace EfSafeMigrate.Tests.Agent;

/// <summary>A cancellation that comes as the answer goes out, or that the driver fails at, ends neither the reading of requests nor the application.</summary>
public sealed class RequestsAreCancelled
{
    [Fact]
    public async Task InTheMomentInWhichTheyAreAnswered()
    {
        var running = new RunningRequests();
        for (var id = 0; id < 20_000; id++)
        {
            var number = id;
            running.Begin(number);
            using var start = new Barrier(2);
            var answered = Task.Run(() =>
            {
                start.SignalAndWait();
                running.End(number);
            });
            start.SignalAndWait();
            await running.CancelAsync(number);
            await answered;
        }
        await running.CancelAllAsync();
    }

    [Fact]
    public async Task ThoughTheDriverFailsAtIt()
    {
        var running = new RunningRequests();
        var (first, second) = (running.Begin(1), running.Begin(2));
        using var failing = first.Token.Register(() => throw new InvalidOperationException("The connection is not open."));

        await running.CancelAsync(1);
        await running.CancelAsync(3);
        await running.CancelAllAsync();

        (first.IsCancellationRequested, second.IsCancellationRequested).ShouldBe((true, true));
    }
}
