using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Updates.Scripts;

/// <summary>Migrations as files of SQL, one for everything up to a contract and one for each contract, because between them the old release has to go.</summary>
/// <param name="context">The context's name.</param>
/// <param name="known">Ids of all migrations of the project, oldest first.</param>
/// <param name="before">Ids of those that the database has already.</param>
/// <param name="quiet">How long the old shape must not have been written before a contract.</param>
internal sealed class ScriptWriter(Engine engine, string context, HistoryTable history, IReadOnlyList<string> known, IReadOnlyList<string> before, TimeSpan quiet)
{
    /// <summary>The first line of every file begins with it: a later call knows its own files by it.</summary>
    public const string Mark = "-- dotnet safe-migrate script";

    private readonly ScriptForms forms = engine.Scripts;

    /// <param name="migrations">In order.</param>
    public IReadOnlyList<ScriptFile> Files(IReadOnlyList<PlannedUpdate> migrations)
    {
        var groups = Groups(migrations);
        string[] names = [.. groups.Select((group, index) => NameOf(index + 1, group[^1].Name))];
        List<ScriptFile> files = [];
        List<string> applied = [.. before];
        foreach (var (group, index) in groups.Select((group, index) => (group, index)))
        {
            files.Add(new(names[index], Head(group, names, index), history, [.. group.Select(Migration)])
            {
                Before = [.. applied],
                Known = known,
                Evidence = group[0].IsContract ? EvidenceOf(group) : null,
            });
            applied.AddRange(group.Select(migration => migration.Id));
        }
        return files;
    }

    /// <summary>Contracts of one plan stand together, and apart from everything else.</summary>
    private static List<List<PlannedUpdate>> Groups(IReadOnlyList<PlannedUpdate> migrations)
    {
        List<List<PlannedUpdate>> groups = [];
        foreach (var migration in migrations)
        {
            if (groups.Count == 0 || ContractOf(groups[^1][0]) != ContractOf(migration))
            {
                groups.Add([]);
            }
            groups[^1].Add(migration);
        }
        return groups;
    }

    private static string? ContractOf(PlannedUpdate migration) => migration.IsContract ? migration.Judged.Migration.Phase!.Plan : null;

    private static string NameOf(int number, string migration) =>
        $"{number.ToString("00", CultureInfo.InvariantCulture)}-{new string([.. migration.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' ? c : '_')])}.sql";

    private ScriptEvidence EvidenceOf(IReadOnlyList<PlannedUpdate> contract)
    {
        var marks = contract.Select(migration => migration.Judged.Migration.Phase!).ToArray();
        if (!engine.PhasesByItself)
        {
            throw new SafeMigrateException($"{contract[0].Id} is a contract, and a script for {engine.Name} cannot tell whether it is time for it.", "--until constrain   leaves it out");
        }
        return new(
            [.. marks.SelectMany(mark => mark.Filled).Select(spec => (spec.Table, spec.Column, engine.UnfilledRows(spec)))],
            [.. marks.SelectMany(mark => mark.Counters).Distinct()], quiet);
    }

    private ScriptMigration Migration(PlannedUpdate migration) => new(
        migration.Id, migration.Phase.ToString().ToLowerInvariant(), migration.Checksum, [.. migration.Commands.Select(command => Command(command, migration.Id))]);

    private ScriptCommand Command(PlannedCommand command, string id)
    {
        var dialect = SqlDialect.Of(engine.Id);
        var statements = Splitter.Split(command.Sql, dialect);
        if (statements.FirstOrDefault(statement => statement.IsUnclosed) is { } unclosed)
        {
            throw new SafeMigrateException(
                $"A quote or a comment in {id} is never closed, in the statement that begins in line {unclosed.Line.ToString(CultureInfo.InvariantCulture)}; the rest of a script would be taken for its text.",
                "close it in the migration's SQL");
        }
        var session = statements.Count > 0 && statements.All(statement => forms.OfSession(statement.Text));
        return new(Terminated(command.Sql, dialect), command.Suppressed, command.Waiting)
        {
            Statements = [.. statements.Select(statement => statement.Text)],
            IsHistory = command.IsHistory,
            OfSession = session,
            Leftover = command.Leftover,
            Repeats = session || command.Backfill is not null || command.Leftover is not null || forms.Repeatable(command.Sql),
        };
    }

    /// <summary>EF sends each command by itself; in a file the next one would go on where this one ends.</summary>
    private static string Terminated(string sql, SqlDialect dialect)
    {
        var text = sql.Trim();
        return Tokenizer.Read(text, dialect).Tokens is [.., var last] && !last.Is(";") && last.Kind != TokenKind.Terminator ? $"{text}{(last.End < text.Length ? "\n" : "")};" : text;
    }

    private IReadOnlyList<string> Head(IReadOnlyList<PlannedUpdate> group, string[] names, int index)
    {
        List<string> lines =
        [
            $"{Mark[3..]}, {index + 1} of {names.Length}: {context} on {engine.Name}",
            "",
            $"  run     {forms.Call(names[index])}",
        ];
        lines.AddRange(group.Select((migration, at) => $"  {(at == 0 ? "does" : "    ")}    {migration.Id} ({migration.Phase.ToString().ToLowerInvariant()})"));
        lines.AddRange(group.SelectMany(migration => migration.Destroys).Select(loss => $"  LOSES   {string.Join(' ', loss.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}"));
        if (group[0].IsContract)
        {
            lines.Add("  before  The new release runs everywhere, the old one is gone, and nobody reads what this takes away.");
            lines.Add("          The file itself refuses while rows would lose a value, or while its counters say that the old release has written.");
        }
        else if (group.Any(migration => migration.Commands.Any(command => command.Blocks != Blocks.Nothing)))
        {
            lines.Add("  before  Look for long transactions: a step that does not get its lock soon gives up, and the file stops.");
        }
        lines.Add("  again   It may be run as often as needed: what is done is passed over, and a run that was stopped is gone on with.");
        lines.Add(index + 1 < names.Length && !group[0].IsContract ? $"  next    Deploy the new release; when the old one is gone, {names[index + 1]}."
            : index + 1 < names.Length ? $"  next    {names[index + 1]}." : "  next    Nothing; this is the last file.");
        if (forms.Untried)
        {
            lines.Add($"  UNTRIED No {forms.Client} has run a file like this one yet; try it on a copy of the database first.");
        }
        return lines;
    }
}
