using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate rehearse</c>: the pending migrations up, down and up again on a scratch database.</summary>
internal static class RehearseCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("rehearse", command =>
    {
        command.Description = "Tries the pending migrations on a scratch database: up, verify, down, compare, up again.";
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var scratch = new ScratchOptions(command);
        var range = new RehearseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            range.Check();
            var choice = scratch.Read(output.Talk());
            var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation);
            var work = new Rehearsing(live, choice, settings);
            var (plan, facts) = await work.PlanAsync(range, project.Environment, cancellation);
            var report = new RehearsalReport(plan, live.Engine, facts);
            if (plan.Migrations.Count > 0)
            {
                report.Add(await work.RunAsync(plan, facts, cancellation));
            }
            if (output.Json)
            {
                await Console.Out.WriteLineAsync(report.Json());
            }
            else
            {
                new RehearsalText(output.Console()).Write(report);
            }
            return report.Rehearsed is null or { IsClean: true } ? ExitCode.Clean : ExitCode.Findings;
        }));
    });
}
