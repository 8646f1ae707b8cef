using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Plans;

/// <summary>A column that disappears and may live on under another name.</summary>
/// <param name="Inferred">The new name EF takes for it; null when EF drops the column.</param>
/// <param name="Candidates">New names it could have, likeliest first.</param>
internal sealed record RenameQuestion(TableName Table, string Column, string? Inferred, IReadOnlyList<string> Candidates)
{
    public string Text => Inferred is null
        ? $"EF drops {Table}.{Column} and adds {string.Join(", ", Candidates)}. Is it the same data under a new name?"
        : $"EF sees a rename: {Table}.{Column} → {Inferred}. Is it the same data under a new name?";

    /// <summary>Every answer as a flag, the renames first.</summary>
    public IReadOnlyList<string> Flags =>
        [.. Candidates.Select(candidate => $"--rename {Quoted($"{Table}.{Column}={candidate}")}"), $"--no-rename {Quoted($"{Table}.{Column}")}"];

    private static string Quoted(string value) => value.All(c => char.IsLetterOrDigit(c) || c is '.' or '=' or '_' or '-') ? value : $"\"{value}\"";
}

/// <summary>Renames are asked about, never guessed: EF pairs columns by their shape.</summary>
internal static class RenameQuestions
{
    /// <summary>What nobody has decided yet.</summary>
    public static IReadOnlyList<RenameQuestion> Of(MigrationChanges pending, DatabaseModel target, Decisions decisions)
    {
        var changes = pending.Changes.Where(change => !change.Origin.Emitted).ToList();
        var groups = ColumnGroups.Of(pending.Source, target, decisions);
        var renames = changes.OfType<RenameColumn>().ToList();
        var gone = renames.Select(rename => (rename.Table, Column: rename.Name, Inferred: (string?)rename.NewName))
            .Concat(changes.OfType<DropColumn>().Select(drop => (drop.Table, Column: drop.Name, Inferred: (string?)null)));
        return
        [
            .. gone
                .Where(old => !IsDecided(old.Table, old.Column, decisions) && !groups.Any(group => group.Has(old.Table, old.Column)))
                .Select(old => Question(old.Table, old.Column, old.Inferred, [.. Come(old.Table, changes, decisions).Where(name => !groups.Any(group => group.Has(old.Table, name)))], pending.Source, target))
                .OfType<RenameQuestion>(),
        ];
    }

    /// <exception cref="SafeMigrateException">There are questions left.</exception>
    public static void Refuse(IReadOnlyList<RenameQuestion> open)
    {
        if (open.Count > 0)
        {
            throw new SafeMigrateException(
                string.Join(' ', open.Select(question => question.Text)),
                $"answer with {string.Join("; ", open.Select(question => string.Join(" or ", question.Flags)))}");
        }
    }

    private static bool IsDecided(TableName table, string column, Decisions decisions) =>
        decisions.Separate.Any(separate => separate.Column == column && separate.Table.Matches(table))
        || decisions.Renames.Any(rename => rename.Name == column && rename.Table.Matches(table));

    /// <summary>The columns that appear in the table and are not taken yet.</summary>
    private static IReadOnlyList<string> Come(TableName table, IReadOnlyList<Change> changes, Decisions decisions) =>
    [
        .. changes.OfType<RenameColumn>().Where(rename => rename.Table.Matches(table)).Select(rename => rename.NewName)
            .Concat(changes.OfType<AddColumn>().Where(add => add.Table.Matches(table) && add.Column.ComputedSql is null).Select(add => add.Column.Name))
            .Where(name => !decisions.Renames.Any(rename => rename.NewName == name && rename.Table.Matches(table))),
    ];

    private static RenameQuestion? Question(
        TableName table, string column, string? inferred, IReadOnlyList<string> come, DatabaseModel source, DatabaseModel target)
    {
        var old = source.Find(table)?.Column(column);
        bool SameShape(string name) => target.Find(table)?.Column(name) is { } fresh && old is not null && fresh.Type == old.Type;
        var candidates = come
            .Where(name => old?.ComputedSql is null && (name == inferred || (inferred is not null && SameShape(name)) || NameLikeness.Of(column, name) > 0))
            .OrderByDescending(name => NameLikeness.Of(column, name))
            .ThenByDescending(name => name == inferred)
            .ToList();
        var left = inferred is not null && come.Contains(inferred) ? inferred : null;
        return candidates.Count == 0 ? null : new(table, column, left, candidates);
    }
}
