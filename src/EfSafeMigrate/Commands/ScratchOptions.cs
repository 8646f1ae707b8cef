using System.Globalization;
using EfSafeMigrate.Updates.Scratches;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which scratch database, and what is in it.</summary>
/// <param name="makesUp">Every table may be filled with rows that are made up.</param>
/// <param name="fills">The caller says what is in it.</param>
internal sealed class ScratchOptions(CommandLineApplication command, bool makesUp = true, bool fills = true)
{
    private readonly CommandOption place = command.Option("--scratch <PLACE>", "auto, server or a connection string: where the scratch database is. Default: auto, the same server when it may be, else a private one on this machine.", CommandOptionType.SingleValue);
    private readonly CommandOption variable = command.Option("--scratch-env <VARIABLE>", "Environment variable with the connection string of the scratch database.", CommandOptionType.SingleValue);
    private readonly CommandOption? sample = !fills ? null : command.Option("--sample <PERCENT>", "Copy this share of each table's rows, and what they reference, for example 5%.", CommandOptionType.SingleValue);
    private readonly CommandOption? dump = !fills ? null : command.Option("--from-dump <FILE>", "Fill it from a dump.", CommandOptionType.SingleValue);
    private readonly CommandOption? rows = !makesUp || !fills ? null : command.Option("--seed-rows <N>", "Make up so many rows in each table.", CommandOptionType.SingleValue);
    private readonly CommandOption? seed = !fills ? null : command.Option("--seed <NUMBER>", "What is random is the same each time for the same number. Default: 1.", CommandOptionType.SingleValue);
    private readonly CommandOption allow = command.Option("--allow-copy-to <HOST>", "Rows of the source may be copied to this machine.", CommandOptionType.MultipleValue);

    /// <summary>A scratch database is asked for.</summary>
    public bool Wanted => place.HasValue() || variable.HasValue();

    /// <summary>Somebody says what is in it.</summary>
    public bool Fills => new[] { sample, dump, rows, seed }.Any(option => option?.HasValue() == true);

    /// <summary>The first option that was given.</summary>
    public string? Given => new[] { place, variable, sample, dump, rows, seed, allow }.FirstOrDefault(option => option?.HasValue() == true) is { } option ? $"--{option.LongName}" : null;

    public ScratchChoice Read(Talk talk)
    {
        string[] given = [.. new[] { sample, dump, rows }.Where(option => option?.HasValue() == true).Select(option => $"--{option!.LongName}")];
        if (given.Length > 1)
        {
            throw new SafeMigrateException($"{string.Join(" and ", given)} exclude each other.", "choose what the scratch database holds");
        }
        var (kind, connection) = Place(talk);
        return new ScratchChoice(kind, Filling())
        {
            Connection = connection,
            AllowCopyTo = [.. allow.Values.OfType<string>()],
            Seed = Number(seed, 0, "1") ?? 1,
        };
    }

    private (ScratchPlace Place, string? Connection) Place(Talk talk)
    {
        if (place.HasValue() && variable.HasValue())
        {
            throw new SafeMigrateException("--scratch and --scratch-env exclude each other.", "choose one scratch database");
        }
        if (variable.Value() is { } name)
        {
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? (ScratchPlace.Named, value)
                : throw new SafeMigrateException($"The environment variable `{name}` is not set.", $"set {name}, or leave out --scratch-env");
        }
        switch (place.Value())
        {
            case null or "auto":
                return (ScratchPlace.Auto, null);
            case "server":
                return (ScratchPlace.Server, null);
            case { } connection when connection.Contains('=', StringComparison.Ordinal):
                if (connection.Contains("password", StringComparison.OrdinalIgnoreCase))
                {
                    talk.Say("A password on the command line is visible to every user of this machine; prefer --scratch-env.");
                }
                return (ScratchPlace.Named, connection);
            case { } other:
                throw new SafeMigrateException($"`--scratch {other}` is no place for a scratch database.", "say auto, server or a connection string");
        }
    }

    private Filling Filling() =>
        sample?.Value() is { } share ? new Sample(Percent(share))
        : dump?.Value() is { } file ? new Dump(File.Exists(file) || Directory.Exists(file) ? Path.GetFullPath(file) : throw new SafeMigrateException($"There is no file `{file}`.", "give --from-dump a dump of the database"))
        : Number(rows, 1, "100") is { } count ? new MadeUpRows(count) : new NoRows();

    private static double Percent(string text) =>
        double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 ? percent
        : throw new SafeMigrateException($"`--sample {text}` is no share of the rows.", "say for example --sample 5%");

    private static int? Number(CommandOption? option, int least, string example) => option?.Value() is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number
        : throw new SafeMigrateException($"`--{option!.LongName} {text}` is not a number.", $"say for example --{option.LongName} {example}");
}
