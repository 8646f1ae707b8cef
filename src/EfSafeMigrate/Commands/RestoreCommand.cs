using System.Diagnostics;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Backups;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate restore</c>: brings a backup back, after a look at every byte of it.</summary>
internal static class RestoreCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("restore", command =>
    {
        command.Description = "Restores a backup into an empty database, and compares every table with what was backed up.";
        var options = new RestoreOptions(command);
        var jobs = new JobsOption(command);
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            var wish = new RestoreWish(jobs.Value, options.Manner);
            var news = new BackupText(output.Talk());
            var manifest = await Bringing.CheckAsync(options.Folder, news.Tell, cancellation);
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation, mayCreate: true);
            var bringing = new Bringing(live, options.Terms, manifest);
            bringing.CheckProject();
            var restore = new Restore(live.Original(), options.Folder, manifest, wish, news.Tell);
            var target = await restore.LookAsync(cancellation);
            await bringing.AgreeAsync(target, project.Environment, cancellation);
            await using var held = await bringing.HoldAsync(cancellation);
            var clock = Stopwatch.StartNew();
            var contents = await restore.RunAsync(target, cancellation);
            await BackingUp.JournalAsync(
                live, Operator.NewRun(), [new BackupRestored(options.Folder, manifest.Digest) { Of = manifest.At, Seconds = Math.Round(clock.Elapsed.TotalSeconds, 3) }], CancellationToken.None);
            await (output.Json ? Console.Out.WriteLineAsync(BackupText.Json(options.Folder, target, contents)) : BackupText.WriteAsync(target, contents, output.Console()));
            return ExitCode.Clean;
        }));
    });
}
