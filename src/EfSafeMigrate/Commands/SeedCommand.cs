using System.Globalization;
using System.Text.Json;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Scratches;
using EfSafeMigrate.Updates.Seeds;
using Humanizer;
using McMaster.Extensions.CommandLineUtils;
using Spectre.Console;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate seed</c>: makes up rows for an empty table.</summary>
internal static class SeedCommand
{
    private const int Most = 100_000_000;

    public static void AddTo(CommandLineApplication app) => app.Command("seed", command =>
    {
        command.Description = "Makes up rows for an empty table: types, keys and constraints as the database has them.";
        var table = command.Argument("TABLE", "The table, with its schema where there are several.").IsRequired();
        var rows = command.Option("--rows <N>", "How many.", CommandOptionType.SingleValue).IsRequired();
        var scratch = new ScratchOptions(command, makesUp: false);
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            var count = int.TryParse(rows.Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most ? number
                : throw new SafeMigrateException($"`--rows {rows.Value()}` is not a number of rows.", "say for example --rows 1000");
            var choice = scratch.Read(output.Talk());
            await using var live = choice.Place == ScratchPlace.Named ? await LiveProject.OpenAsync(project, choice.Connection, output.Talk(), cancellation)
                : scratch.Wanted ? await LiveProject.OpenAsync(project, database, output, cancellation)
                : await LiveProject.ToChangeAsync(project, database, output, cancellation);
            return scratch.Wanted && choice.Place != ScratchPlace.Named ? await TryAsync(live, choice, table.Value!, count, output, cancellation)
                : await SeedAsync(live, project, choice.Seed, table.Value!, count, output, cancellation);
        }));
    });

    /// <summary>In a database of our own, which is gone afterwards.</summary>
    private static async Task<int> TryAsync(LiveProject live, ScratchChoice choice, string table, int rows, OutputOptions output, CancellationToken cancellation)
    {
        var original = live.Original();
        await using var scratch = await Scratch.OpenAsync(choice, original, news => live.Talk.Say(ScratchText.Of(news)), cancellation);
        return await FillAsync(original, scratch.ConnectionString, choice.Seed, table, rows, live.Talk, output, cancellation);
    }

    private static async Task<int> SeedAsync(LiveProject live, ProjectOptions project, int seed, string table, int rows, OutputOptions output, CancellationToken cancellation)
    {
        var original = live.Original();
        if (original.Engine.Scratch is null)
        {
            throw new SafeMigrateException($"Rows for {original.Engine.Name} cannot be made up yet.", "put the rows in by hand");
        }
        var target = await TargetReader.ReadAsync(live.Session, live.Engine, cancellation) with { Environment = project.Environment };
        var journal = await Journal.OpenAsync(live.Session, live.Engine, cancellation);
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        var protection = Protection.Of(target, settings.Protected, journal.Events<MarkedProtected>());
        if (protection.IsOn)
        {
            throw new SafeMigrateException($"No rows are made up in {target.Database} on {target.Server}: {protection.Why}. Nothing was changed.", "--scratch auto   tries it in a database of its own", ExitCode.StoppedSafely);
        }
        return await FillAsync(original, live.Connection, seed, table, rows, live.Talk, output, cancellation);
    }

    private static async Task<int> FillAsync(Original original, string? connection, int seed, string table, int rows, Talk talk, OutputOptions output, CancellationToken cancellation)
    {
        await using var link = await original.ConnectAsync(connection, ScratchHome.Session, cancellation);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var seeding = await Seeding.OnAsync(original, link, seed, (name, made) =>
        {
            if (clock.Elapsed.TotalSeconds >= 1)
            {
                clock.Restart();
                talk.Say($"  {name}: {"row".ToQuantity(made)}");
            }
        }, cancellation);
        await seeding.TableAsync(table, rows, cancellation);
        Report(seeding, link, output);
        return ExitCode.Clean;
    }

    private static void Report(Seeding seeding, Link link, OutputOptions output)
    {
        if (output.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { database = link.Where, tables = seeding.Made.Select(made => new { table = made.Key.ToString(), rows = made.Value }) }));
            return;
        }
        foreach (var (name, made) in seeding.Made)
        {
            output.Console().WriteLine($"  {name}: {"row".ToQuantity(made)} in {link.Where}");
        }
    }
}
