using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate backfill</c>: writes the rows of one backfill, or looks whether they have their values; its own commands steer one that runs.</summary>
internal static class BackfillCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("backfill", command =>
    {
        command.Description = "Runs a backfill by itself: in batches, throttled, resumable, verified.";
        var choice = new BackfillChoice(command);
        var verify = command.Option("--verify", "Only look whether every row has its value; nothing is written.", CommandOptionType.NoValue);
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var terms = new BackfillOptions(command);
        var consent = new ConsentOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        BackfillControl.AddTo(command);
        BackfillTune.AddTo(command);
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            choice.Check();
            terms.Check();
            consent.Check();
            var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
            await using var live = await LiveProject.ToChangeAsync(project, database, output, cancellation);
            return await new Backfilling(live, choice, new() { Backfill = terms.Read(settings) }, settings, consent.Read(settings), new BackfillReport(live.Talk, output.Json, Console.Out)).RunAsync(project, verify.HasValue(), cancellation);
        }));
    });
}
