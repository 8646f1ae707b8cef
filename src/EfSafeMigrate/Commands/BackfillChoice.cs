using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Sql;
using EfSafeMigrate.Updates.Backfills;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which rows <c>backfill</c> is about: those of a migration's backfills, or of a column that is given whole.</summary>
internal sealed partial class BackfillChoice(CommandLineApplication command)
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
        CheckWhole(value, engine);
        CheckWhole(where, engine);
        var name = TableOf(table.Value()!);
        var spec = new BackfillSpec(name, await BackfillWalk.PrimaryKeyAsync(connection, engine, name, cancellation), column.Value()!, value.Value()!)
        {
            Where = where.Value(),
            NullsOnly = nullsOnly.HasValue(),
        };
        var walk = await BackfillWalk.FindAsync(connection, engine, spec, cancellation);
        spec = spec with
        {
            Expression = walk.Stored is { } type ? engine.Backfill.Converted(spec.Expression, type) : spec.Expression,
            ByImage = !spec.NullsOnly && engine.Backfill.HasLooseEquality(walk.Stored ?? walk.Type),
        };
        await new ValueCheck(connection, engine).RunAsync(walk with { Spec = spec }, cancellation);
        return spec;
    }

    /// <summary>As the database names it: in double quotes where a name has a dot.</summary>
    public static TableName TableOf(string given) =>
        Quoted().Match(given) is { Success: true, Groups: var parts } ? new(parts["schema"].Success ? Bare(parts["schema"].Value) : null, Bare(parts["name"].Value))
        : given.Split('.', 2) is [var schema, var rest] ? new(schema, rest)
        : new(null, given);

    private static string Bare(string quoted) => quoted.Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>It becomes part of an UPDATE, whose condition it must not take away.</summary>
    private static void CheckWhole(CommandOption option, Engine engine)
    {
        if (option.Value() is { } sql && Fragment.Flaw(sql, SqlDialect.Of(engine.Id)) is { } flaw)
        {
            throw new SafeMigrateException($"--{option.LongName} is not one SQL expression: it {flaw}.", $"give --{option.LongName} as it would stand between parentheses");
        }
    }

    [GeneratedRegex("""^(?:"(?<schema>(?:[^"]|"")+)"\.)?"(?<name>(?:[^"]|"")+)"$""")]
    private static partial Regex Quoted();
}
