using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Updates.Histories;

/// <summary>Every table and column that the migrations ever knew, found by what somebody types.</summary>
internal sealed class KnownSubjects(ChangeSet set, IReadOnlyList<HistoryStep> steps, Descent descent)
{
    private const int Offered = 3;

    private readonly IReadOnlySet<Subject> all = All(set, steps);

    /// <returns>By the last name it has.</returns>
    /// <exception cref="SafeMigrateException">Nothing is called so, or several are.</exception>
    public Subject Find(string asked)
    {
        var meant = Spelled(asked, StringComparison.Ordinal) is { Count: > 0 } exact ? exact
            : Spelled(Unquoted(asked), StringComparison.Ordinal) is { Count: > 0 } unquoted ? unquoted
            : Spelled(Unquoted(asked), StringComparison.OrdinalIgnoreCase);
        return meant switch
        {
            [var only] => only,
            [] => throw new SafeMigrateException($"No migration of this project knows `{asked}`.", Nearest(asked)),
            _ => throw new SafeMigrateException($"`{asked}` is the name of several: {string.Join(", ", meant)}.", $"say which, for example {ShellWord.Of($"{meant[0]}")}"),
        };
    }

    private IReadOnlyList<Subject> Spelled(string asked, StringComparison comparison)
    {
        var meant = all.Where(subject => Spellings(subject).Any(spelling => spelling.Equals(asked, comparison))).ToArray();
        var tables = meant.Where(subject => subject.Column is null).ToArray();
        return [.. (tables.Length > 0 ? tables : meant).Select(subject => Last(subject, from: 0)).Distinct().OrderBy(subject => $"{subject}", StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Spellings(Subject subject) =>
        subject.Table.Schema is null ? [$"{subject}"] : [$"{subject}", $"{subject with { Table = new(null, subject.Table.Name) }}"];

    /// <summary>Names as SQL writes them, without their quotes.</summary>
    private static string Unquoted(string asked)
    {
        var bare = asked;
        foreach (var name in asked.NamesIn().Where(name => name.IsQuoted))
        {
            bare = bare.Replace(name.Text, name.Name, StringComparison.Ordinal);
        }
        return bare;
    }

    /// <summary>Followed through renames from where it stands last.</summary>
    private Subject Last(Subject subject, int from)
    {
        if (steps.Count == 0 || subject.In(steps[^1].After) is not null)
        {
            return subject;
        }
        for (var at = steps.Count - 1; at >= from; at--)
        {
            if (subject.In(steps[at].Before) is not null)
            {
                var next = descent.After(steps[at], subject);
                return next == subject ? subject : Last(next, at + 1);
            }
        }
        return subject;
    }

    private string Nearest(string asked)
    {
        var wanted = Unquoted(asked).ToLowerInvariant();
        var near = all.SelectMany(subject => Spellings(subject).Select(spelling => (Name: spelling, Distance: NameLikeness.Distance(spelling.ToLowerInvariant(), wanted))))
            .Where(each => each.Distance <= Math.Max(2, wanted.Length / 3)).OrderBy(each => each.Distance).ThenBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => each.Name).Distinct().Take(Offered).ToArray();
        var tables = all.Where(subject => subject.Column is null).Select(subject => $"{subject}").Order(StringComparer.Ordinal).ToArray();
        return near.Length > 0 ? $"did you mean {string.Join(" or ", near.Select(ShellWord.Of))}?"
            : tables.Length == 0 ? "the project has no migrations yet"
            : $"it knows {string.Join(", ", tables.Take(2 * Offered))}{(tables.Length > 2 * Offered ? $" and {"other table".ToQuantity(tables.Length - (2 * Offered))}" : "")}";
    }

    private static HashSet<Subject> All(ChangeSet set, IReadOnlyList<HistoryStep> steps)
    {
        HashSet<Subject> known = [];
        foreach (var table in set.Migrations.SelectMany(migration => migration.Source.Tables).Concat(steps.SelectMany(New)))
        {
            known.UnionWith(table.Columns.Select(column => new Subject(table.Name, column.Name)).Prepend(new(table.Name, null)));
        }
        known.UnionWith(steps.Select(step => step.Change.Target).OfType<TableName>().Where(table => !known.Any(subject => subject.Table.Matches(table))).Select(table => new Subject(table, null)));
        return known;
    }

    private static IEnumerable<Table> New(HistoryStep step) =>
        step.Change is CreateTable or RenameTable or RenameSchema or AddColumn or RenameColumn or CreateView
            ? step.After.Tables.Except(step.Before.Tables, ReferenceEqualityComparer.Instance).Cast<Table>() : [];
}
