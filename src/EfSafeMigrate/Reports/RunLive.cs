using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Preflight;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>A run on a terminal: while it works the steps are redrawn in place; before and after, plain lines.</summary>
internal sealed class RunLive(IAnsiConsole console, RunText text, bool redact, TimeProvider time) : RunReporter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly RunView view = new(redact);
    private readonly object turn = new();
    private TaskCompletionSource over = new();
    private Task drawing = Task.CompletedTask;

    public override void Head(Target target, Engine engine, OpenResult context, string serverVersion) => text.Head(target, engine, context, serverVersion);

    public override void NothingPending(MigrationChanges? gate) => text.NothingPending(gate);

    public override void Plan(UpdatePlan plan, MigrationChanges? gate, bool whole) => text.Plan(plan, gate, whole);

    public override void Object(Objection objection) => text.Object(objection);

    public override void Done(MigrationChanges? gate, int left) => text.Done(gate, left);

    public override void Tell(RunNews news)
    {
        lock (turn)
        {
            view.Tell(news, time.GetUtcNow());
        }
        switch (news)
        {
            case RunBegan:
                over = new(TaskCreationOptions.RunContinuationsAsynchronously);
                drawing = DrawAsync();
                break;
            case RunOver:
                over.TrySetResult();
                drawing.GetAwaiter().GetResult();
                view.Summary(Width).ToList().ForEach(console.WriteLine);
                break;
            case RunWaits or BackupBegan or BackupMoved or BackedUpFirst or NothingToBackUp or WrapLeftOut or RehearsedFirst or HookFailed or StillWatching or Fared:
                text.Tell(news);
                break;
        }
    }

    private int Width => Math.Min(console.Profile.Width, 100) - 1;

    private Task DrawAsync() => console.Live(Look()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        while (await Task.WhenAny(over.Task, Task.Delay(Pause)) != over.Task)
        {
            live.UpdateTarget(Look());
        }
    });

    private Text Look()
    {
        lock (turn)
        {
            return new Text(string.Join('\n', view.Lines(time.GetUtcNow(), Width)));
        }
    }
}
