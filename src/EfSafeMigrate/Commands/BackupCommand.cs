using EfSafeMigrate.Reports;
using EfSafeMigrate.Updates.Backups;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate backup</c>: writes the database into files, and proves that it comes back from them.</summary>
internal static class BackupCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("backup", command =>
    {
        command.Description = "Backs the database up, and restores the backup into a scratch database to see that it comes back whole.";
        var options = new BackupOptions(command);
        var jobs = new JobsOption(command);
        var scratch = new ScratchOptions(command, fills: false);
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            await options.CheckAsync(cancellation);
            var wish = new BackupWish(options.Folder, jobs.Value) { Proof = options.Proves ? scratch.Read(output.Talk()) : null };
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation);
            var news = new BackupText(live.Talk);
            if (live.Engine is { HasBackups: true, Backups.Untried: { } untried })
            {
                live.Talk.Say($"  {untried}");
            }
            await BackupPlace.WarnAsync(options.Folder, live.Talk, cancellation);
            var course = new BackupCourse(news.Tell);
            var subject = await BackingUp.SubjectAsync(live, options.Folder, cancellation);
            var manifest = options.Command is { } byCommand ? await Attestation.RunAsync(byCommand, options.Folder, subject, cancellation)
                : await new Backup(live.Original(), wish, course.Tell).RunAsync(subject, cancellation);
            await BackingUp.JournalAsync(live, manifest.Run, course.Events(options.Folder, manifest), CancellationToken.None);
            await BackingUp.AfterwardsAsync(options, manifest, news.Tell, cancellation);
            await (output.Json ? Console.Out.WriteLineAsync(BackupText.Json(options.Folder, manifest)) : BackupText.WriteAsync(options.Folder, manifest, output.Console()));
            return manifest.State == BackupState.Taken && options.Proves ? ExitCode.NeedsPerson : ExitCode.Clean;
        }));
    });
}
