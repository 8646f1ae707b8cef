using EfSafeMigrate.Engines;
using EfSafeMigrate.Sql;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>A text of SQL in place of a project.</summary>
internal sealed class SqlOptions(CommandLineApplication command)
{
    private static readonly string[] WithText =
        ["sql", "engine", "server-version", "edition", "transaction", "schema", "assume", "no-traffic", "all", "fail-on", "hygiene", "format", "output", "json", "no-color", "verbose", "help"];

    private static readonly string[] WithTextOnly = ["transaction", "schema"];

    private readonly CommandOption sql = command.Option("--sql <FILE>", "Judge the SQL in this file, or - for standard input, in place of a project.", CommandOptionType.SingleValue);
    private readonly CommandOption engine = command.Option("--engine <ENGINE>", $"What the SQL or the migrations in source are written for: {Ids}.", CommandOptionType.SingleValue).Among(() => EngineBook.All.Select(each => each.Id));
    private readonly CommandOption transaction = command.Option("--transaction <KIND>", "What runs the SQL: explicit (BEGIN and COMMIT as written), migration (one transaction around all) or none. Default: explicit.", CommandOptionType.SingleValue).Among("explicit", "migration", "none");
    private readonly CommandOption schema = command.Option("--schema <FILE>", "DDL of what exists before the SQL runs; without it every table is taken as large.", CommandOptionType.SingleValue);

    private static string Ids => string.Join(", ", EngineBook.All.Select(known => known.Id));

    /// <summary>The engine as it was said; null where it was not.</summary>
    public Engine? Said => engine.HasValue() ? Engine() : null;

    /// <summary>True for a text; refuses what belongs to the other kind of review.</summary>
    public bool Wanted()
    {
        var given = command.GetOptions().Where(option => option.HasValue()).Select(option => option.LongName!).ToArray();
        if (!sql.HasValue())
        {
            return Array.Find(given, WithTextOnly.Contains) is not { } alone ? false
                : throw new SafeMigrateException($"--{alone} belongs to --sql.", $"give --sql FILE as well, or leave out --{alone}");
        }
        if (given.FirstOrDefault(name => !WithText.Contains(name)) is { } other)
        {
            throw new SafeMigrateException($"--sql and --{other} exclude each other.", $"leave out --{other}: a text is judged as it is, with no project and no database");
        }
        return true;
    }

    public SqlRequest Read() => new(
        TextFile.Read(sql.Value()!),
        sql.Value() == TextFile.StandardInput ? "<stdin>" : sql.Value()!.Replace('\\', '/'),
        Engine(),
        Transaction(),
        schema.Value() is { } file ? TextFile.Read(file) : null,
        schema.Value());

    private Engine Engine() => engine.Value() is not { } id
        ? throw new SafeMigrateException("--sql does not say what it is written for.", $"give --engine with one of {Ids}")
        : EngineBook.All.FirstOrDefault(known => known.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new SafeMigrateException($"`--engine {id}` is not an engine.", $"use one of {Ids}");

    private ScriptTransaction Transaction() => transaction.Value()?.ToLowerInvariant() switch
    {
        null or "explicit" => ScriptTransaction.Explicit,
        "migration" => ScriptTransaction.Migration,
        "none" => ScriptTransaction.None,
        _ => throw new SafeMigrateException($"`--transaction {transaction.Value()}` is not known.", "use explicit, migration or none"),
    };
}

/// <param name="File">As it is shown.</param>
/// <param name="Schema">The text of what exists; null when nobody gave it.</param>
internal sealed record SqlRequest(string Sql, string File, Engine Engine, ScriptTransaction Transaction, string? Schema, string? SchemaFile);
