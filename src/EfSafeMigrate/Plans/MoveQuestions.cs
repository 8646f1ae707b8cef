using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>A column that disappears from one table while one like it appears in another that is tied to it.</summary>
internal sealed record MoveQuestion(TableName Table, string Column, IReadOnlyList<TableName> Candidates)
{
    public string Text => $"EF drops {Table}.{Column} and adds {string.Join(", ", Candidates.Select(table => $"{table}.{Column}"))}. Is it the same data in another table?";

    /// <summary>Every answer as a flag, the moves first.</summary>
    public IReadOnlyList<string> Flags =>
        [.. Candidates.Select(table => $"--move \"{Table}.{Column}={table}.{Column}\""), $"--no-rename \"{Table}.{Column}\""];
}

/// <summary>Moves are asked about, never guessed: EF drops a column and adds another, and the values are lost between.</summary>
internal static class MoveQuestions
{
    /// <summary>What nobody has decided yet: columns of one name and type in two tables that one foreign key ties.</summary>
    public static IReadOnlyList<MoveQuestion> Of(MigrationChanges pending, DatabaseModel target, Decisions decisions)
    {
        var changes = pending.Changes.Where(change => !change.Origin.Emitted).ToList();
        List<(TableName Table, Column Column)> come =
        [
            .. changes.OfType<AddColumn>().Select(add => (add.Table, add.Column)),
            .. changes.OfType<CreateTable>().SelectMany(create => create.Definition.Columns.Select(column => (create.Table, column))),
        ];
        return
        [
            .. changes.OfType<DropColumn>()
                .Where(drop => !decisions.Separate.Any(separate => separate.Column == drop.Name && separate.Table.Matches(drop.Table))
                    && !decisions.Renames.Any(rename => rename.Name == drop.Name && rename.Table.Matches(drop.Table))
                    && !decisions.Moves.Any(move => move.Is(drop.Table, drop.Name)))
                .Select(drop => new MoveQuestion(drop.Table, drop.Name,
                [
                    .. come.Where(each => each.Column.Name == drop.Name && !each.Table.Matches(drop.Table)
                            && pending.Source.Find(drop.Table)?.Column(drop.Name) is { ComputedSql: null } old && IsLike(old, each.Column)
                            && !Ties.Keys(drop.Table, pending.Source).Any(key => key == drop.Name)
                            && Ties.Between(drop.Table, each.Table, pending.Source, target).Count == 1
                            && !decisions.Moves.Any(move => move.IsTo(each.Table, each.Column.Name)))
                        .Select(each => each.Table),
                ]))
                .Where(question => question.Candidates.Count > 0),
        ];
    }

    /// <exception cref="SafeMigrateException">There are questions left.</exception>
    public static void Refuse(IReadOnlyList<MoveQuestion> open)
    {
        if (open.Count > 0)
        {
            throw new SafeMigrateException(
                string.Join(' ', open.Select(question => question.Text)),
                $"answer with {string.Join("; ", open.Select(question => string.Join(" or ", question.Flags)))}");
        }
    }

    private static bool IsLike(Column old, Column fresh) =>
        fresh.ComputedSql is null && !fresh.Identity && !old.Identity && string.Equals(old.Type, fresh.Type, StringComparison.OrdinalIgnoreCase);
}
