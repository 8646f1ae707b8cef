using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects.Repositories;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Which migrations to review.</summary>
internal sealed class MigrationOptions(CommandLineApplication command)
{
    private readonly CommandOption last = command.Option("--last <N>", "The newest N migrations.", CommandOptionType.SingleValue);
    private readonly CommandOption from = command.Option("--from <MIGRATION>", "Migrations after this one.", CommandOptionType.SingleValue);
    private readonly CommandOption to = command.Option("--to <MIGRATION>", "Migrations up to and including this one.", CommandOptionType.SingleValue);
    private readonly CommandOption named = command.Option("--migration <MIGRATION>", "This migration; may be repeated.", CommandOptionType.MultipleValue);
    private readonly CommandOption pending = command.Option("--pending", "Migrations not applied to the connected database.", CommandOptionType.NoValue);
    private readonly CommandOption @base = command.Option("--base <REV>", "Migrations that this revision does not have, for example origin/main; also what this branch does to the ones it has.", CommandOptionType.SingleValue);
    private readonly CommandOption staged = command.Option("--staged", "What is about to be committed, read without a build: for a pre-commit hook.", CommandOptionType.NoValue);
    private readonly CommandOption all = command.Option("--all", "All migrations, each judged as if deployed by itself.", CommandOptionType.NoValue);

    /// <summary>Chosen migrations are one deployment; the whole history never was.</summary>
    public bool Together => !all.HasValue();

    public bool Pending => pending.HasValue();

    /// <summary>False when nobody says which.</summary>
    public bool Given => Ways.Any(option => option.HasValue());

    public bool Staged => staged.HasValue();

    /// <summary>The revision that every change of the model must have its migration against.</summary>
    public string? Base => @base.Value();

    /// <summary>What to ask git; null when the call names the migrations.</summary>
    public HistoryRequest? History => Ways.Except([@base, staged]).Any(option => option.HasValue()) ? null : new(@base.Value(), Staged);

    private CommandOption[] Ways => [last, from, to, named, pending, all, @base, staged];

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        string[] given = [.. Ways.Where(option => option.HasValue()).Select(option => $"--{option.LongName}")];
        if (given.Length > 1 && given is not (["--from", "--to"] or ["--base", "--staged"]))
        {
            throw new SafeMigrateException($"{string.Join(" and ", given)} exclude each other.", "choose one way to name the migrations");
        }
        if (last.HasValue())
        {
            _ = Last();
        }
    }

    /// <param name="ids">All ids, oldest first.</param>
    /// <param name="applied">Ids in the database's history; null when it was not asked.</param>
    public IReadOnlyList<string> Choose(IReadOnlyList<string> ids, IReadOnlyList<string>? applied)
    {
        if (all.HasValue())
        {
            return ids;
        }
        if (Pending)
        {
            return [.. ids.Except(applied ?? [])];
        }
        if (named.HasValue())
        {
            return [.. named.Values.OfType<string>().Select(name => Find(ids, name)).Distinct().Order(StringComparer.Ordinal)];
        }
        if (from.HasValue() || to.HasValue())
        {
            return Between(ids, from.Value(), to.Value());
        }
        return [.. ids.TakeLast(last.HasValue() ? Last() : 1)];
    }

    /// <param name="from">Migrations behind this one; null or <c>0</c> for the beginning.</param>
    /// <param name="to">Up to and with this one; null for the end.</param>
    public static IReadOnlyList<string> Between(IReadOnlyList<string> ids, string? from, string? to)
    {
        var after = from is { } low && low != "0" ? ids.ToList().IndexOf(Find(ids, low)) + 1 : 0;
        var until = to is { } high ? ids.ToList().IndexOf(Find(ids, high)) + 1 : ids.Count;
        return after < until || ids.Count == 0 ? [.. ids.Take(until).Skip(after)]
            : throw new SafeMigrateException($"There is no migration after `{from}` up to `{to ?? ids[^1]}`.", "--from names the older one, --to the newer");
    }

    private int Last() => int.TryParse(last.Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
        ? count
        : throw new SafeMigrateException($"`--last {last.Value()}` is not a positive number.", "say for example --last 3");

    /// <summary>The id of a migration given by id or by name.</summary>
    public static string Find(IReadOnlyList<string> ids, string wanted)
    {
        var matches = ids.Where(id => string.Equals(id, wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (matches.Length == 0)
        {
            matches = [.. ids.Where(id => string.Equals(new MigrationChanges(id, DatabaseModel.Empty, []).Name, wanted, StringComparison.OrdinalIgnoreCase))];
        }
        return matches switch
        {
            [var only] => only,
            [] => throw new SafeMigrateException(
                $"There is no migration `{wanted}`.",
                ids.Count == 0 ? "the project has no migrations yet" : $"the newest is {ids[^1]}; `dotnet ef migrations list --no-connect` shows all"),
            _ => throw new SafeMigrateException($"`{wanted}` is the name of several migrations.", $"give the whole id, for example {matches[0]}"),
        };
    }
}
