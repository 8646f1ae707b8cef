using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Facts a person gives instead of a measurement.</summary>
internal sealed class FactOptions(CommandLineApplication command)
{
    private readonly CommandOption assume = command.Option("--assume <TABLE_ROWS>", "TABLE=ROWS: take the table to have this many rows; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption noTraffic = command.Option(FactSheet.NoTrafficFlag, "Nobody uses the database while the migrations run: locks stop no one.", CommandOptionType.NoValue);
    private readonly CommandOption version = command.Option("--server-version <VERSION>", "Judge for this server version.", CommandOptionType.SingleValue);

    private readonly CommandOption edition = command.Option("--edition <EDITION>", "Judge for this edition of the server, where it has several.", CommandOptionType.SingleValue);

    public GivenFacts Read() => new(
        version.Value() is not { } text ? null
            : EngineVersion.TryParse(text, out var parsed) ? parsed
            : throw new SafeMigrateException($"`--server-version {text}` is not a version.", "say for example --server-version 15"),
        assume.Values.OfType<string>().Select(Table).ToArray())
    {
        NoTraffic = noTraffic.HasValue(),
        Edition = edition.Value(),
    };

    private static (TableName Table, long Rows) Table(string text)
    {
        var parts = text.Split('=');
        var name = parts[0].Split('.');
        return parts.Length == 2 && name.All(part => part.Length > 0) && name.Length <= 2
            && long.TryParse(parts[1].Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? (new TableName(name.Length == 2 ? name[0] : null, name[^1]), rows)
            : throw new SafeMigrateException($"`--assume {text}` is not TABLE=ROWS.", "say for example --assume Orders=5000000");
    }
}

internal sealed record GivenFacts(EngineVersion? Version, IReadOnlyList<(TableName Table, long Rows)> Rows)
{
    public bool NoTraffic { get; init; }

    public string? Edition { get; init; }

    /// <exception cref="SafeMigrateException">A table is assumed that nobody has.</exception>
    public void CheckTables(ChangeSet changes)
    {
        var models = changes.Migrations.SelectMany(migration => new[] { migration.Source, migration.Changes.Aggregate(migration.Source, Evolution.After) }).ToArray();
        var named = changes.Migrations.SelectMany(migration => migration.Changes).Select(change => change.Target).OfType<TableName>().ToArray();
        foreach (var (table, _) in Rows.Where(given => !models.Any(model => model.Find(given.Table) is not null) && !named.Any(given.Table.Matches)))
        {
            throw new SafeMigrateException($"`--assume` names the table `{table}`, which neither the model nor a change has.", "use the table's name in the database, with its schema where it has one");
        }
    }

    /// <summary>What was given stands over what was measured.</summary>
    public FactSheet Over(FactSheet sheet)
    {
        var tables = sheet.Tables.ToDictionary();
        foreach (var (table, rows) in Rows)
        {
            tables[table] = sheet.Of(table) with { Rows = Measured.Assume(rows), Bytes = Measured<long>.Unknown };
        }
        return sheet with { Tables = tables, Version = Version is { } version ? Measured.Assume(version) : sheet.Version, NoTraffic = NoTraffic, Edition = Edition ?? sheet.Edition };
    }
}
