using System.Runtime.InteropServices;
using System.Text;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Sessions;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate;

internal static class Program
{
    /// <summary>Standard output while nobody may use it.</summary>
    private static TextWriter? voice;

    public static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return Execute(InitOptions.Joined(arguments));
    }

    /// <summary>
    /// Parses unheard, because on a bad call the parser prints a hint on standard output, where only data belongs.
    /// A command gets its voice back when it starts; help, which is no command, is asked for again aloud.
    /// </summary>
    private static int Execute(string[] arguments)
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        voice = output;
        try
        {
            var code = Build().Execute(arguments);
            if (voice is null)
            {
                return code;
            }
            Console.SetOut(output);
            return Build().Execute(arguments);
        }
        catch (CommandParsingException exception)
        {
            var next = $"{HelpText.FullName(exception.Command)} --help   lists what it understands";
            return Report(new(exception.Message.TrimEnd('.') + ".", next), verbose: false);
        }
    }

    /// <summary>Every command with its options.</summary>
    public static CommandLineApplication Build()
    {
        var app = new CommandLineApplication { Name = "dotnet safe-migrate", Description = "Makes EF Core migrations safe on live databases.", HelpTextGenerator = new HelpText() };
        app.HelpOption("-h|--help", inherited: true);
        app.VersionOption("--version", ToolVersion.Full);
        InitCommand.AddTo(app);
        ReviewCommand.AddTo(app);
        AddCommand.AddTo(app);
        RewriteCommand.AddTo(app);
        ContractCommand.AddTo(app);
        ScriptCommand.AddTo(app);
        DocumentCommand.AddTo(app);
        ApplyCommand.AddTo(app);
        RollbackCommand.AddTo(app);
        RehearseCommand.AddTo(app);
        StatusCommand.AddTo(app);
        HistoryCommand.AddTo(app);
        ExplainCommand.AddTo(app);
        DriftCommand.AddTo(app);
        BackfillCommand.AddTo(app);
        RepairCommand.AddTo(app);
        ApproveCommand.AddTo(app);
        ProtectCommand.AddTo(app);
        AdoptCommand.AddTo(app);
        SeedCommand.AddTo(app);
        BackupCommand.AddTo(app);
        RestoreCommand.AddTo(app);
        CompletionCommand.AddTo(app);
        foreach (var command in app.Commands.SelectMany(command => command.Commands.Prepend(command)))
        {
            command.ValidationErrorHandler = missing => throw new CommandParsingException(command, missing.ErrorMessage ?? "Something is missing.");
        }
        app.OnExecute(() =>
        {
            app.ShowHelp();
            return ExitCode.Environment;
        });
        return app;
    }

    /// <summary>Runs a command: Ctrl+C cancels it once in order; an expected failure is one sentence, its next step and its exit code.</summary>
    public static async Task<int> RunAsync(OutputOptions output, Func<CancellationToken, Task<int>> command)
    {
        Console.SetOut(voice!);
        voice = null;
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            // The second signal ends the process at once.
            context.Cancel = !stop.IsCancellationRequested;
            if (context.Cancel)
            {
                Console.Error.WriteLine("  Stopping; once more ends it at once.");
            }
            stop.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await command(stop.Token);
        }
        catch (SafeMigrateException exception)
        {
            return Report(exception, output.Verbose);
        }
        catch (QueryFailure failure)
        {
            return Report(new($"The database refuses: {failure.Sentence.TrimEnd('.')}.", "repeat with --verbose for the details", failure.Lost ? ExitCode.NeedsPerson : ExitCode.Environment, failure.Detail), output.Verbose);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("  Stopped; nothing was changed.");
            return ExitCode.StoppedSafely;
        }
    }

    private static int Report(SafeMigrateException exception, bool verbose)
    {
        Console.Error.WriteLine($"  {exception.Message}");
        Console.Error.WriteLine($"  → {exception.Next}");
        if (verbose && exception.Detail is { } detail)
        {
            Console.Error.WriteLine(detail);
        }
        return exception.Code;
    }
}
