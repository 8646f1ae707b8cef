using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which rows <c>backfill</c> is about: those of a migration's backfills, or of a column that is given whole.</summary>
internal sealed class BackfillChoice(CommandLineApplication command)
{
    private readonly CommandArgument migration = command.Argument("MIGRATION", "The migration whose backfills are to run; the only pending one that has any, when it is left out.");
    private readonly CommandOption table = command.Option("--table <TABLE>", "Instead of a migration: the table, with its schema when it is not the usual one.", CommandOptionType.SingleValue);
    private readonly CommandOption column = command.Option("--column <COLUMN>", "The column to fill.", CommandOptionType.SingleValue);
    private readonly CommandOption value = command.Option("--value <SQL>", "What it gets, as SQL over the row's own columns.", CommandOptionType.SingleValue);
    private readonly CommandOption where = command.Option("--where <SQL>", "Only rows for which this is true.", CommandOptionType.SingleValue);
    private readonly CommandOption nullsOnly = command.Option("--nulls-only", "Rows that have a value keep it.", CommandOptionType.NoValue);

    public string? Migration => migration.Value;

    /// <summary>A column is given instead of a migration.</summary>
    public bool IsOwn => table.HasValue();

    /// <exception cref="SafeMigrateException">Both a migration and a column are given, or half a column.</exception>
    public void Check()
    {
        CommandOption[] own = [table, column, value];
        if (Migration is not null && new[] { table, column, value, where, nullsOnly }.FirstOrDefault(option => option.HasValue()) is { } both)
        {
            throw new SafeMigrateException($"A migration and --{both.LongName} exclude each other.", "name the migration, or give --table, --column and --value");
        }
        if ((own.Any(option => option.HasValue()) || where.HasValue() || nullsOnly.HasValue()) && own.FirstOrDefault(option => string.IsNullOrWhiteSpace(option.Value())) is { } missing)
        {
            throw new SafeMigrateException($"--{missing.LongName} is missing.", "a backfill of your own takes --table, --column and --value, for example --table Orders --column Total --value \"Price * Quantity\"");
        }
    }

    /// <summary>The column that was given, with the key and the type that the server has for it.</summary>
    public async Task<BackfillSpec> OwnAsync(Connection connection, Engine engine, CancellationToken cancellation)
    {
        var parts = table.Value()!.Split('.', 2);
        var name = parts.Length == 2 ? new TableName(parts[0], parts[1]) : new TableName(null, parts[0]);
        var spec = new BackfillSpec(name, await BackfillWalk.PrimaryKeyAsync(connection, engine, name, cancellation), column.Value()!, value.Value()!)
        {
            Where = where.Value(),
            NullsOnly = nullsOnly.HasValue(),
        };
        var walk = await BackfillWalk.FindAsync(connection, engine, spec, cancellation);
        return spec with { ByImage = !spec.NullsOnly && engine.Backfill.HasLooseEquality(walk.Type) };
    }
}
