using EfSafeMigrate.Changes;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Plans;

/// <summary>A table that disappears and may live on under another name.</summary>
/// <param name="Inferred">The new name EF takes for it; null when EF drops the table.</param>
/// <param name="Candidates">New names it could have, likeliest first.</param>
internal sealed record TableQuestion(TableName Table, TableName? Inferred, IReadOnlyList<TableName> Candidates)
{
    public string Text => Inferred is null
        ? $"EF drops the table {Table} and creates {string.Join(", ", Candidates)}. Are they the same rows under a new name?"
        : $"EF sees a rename: {Table} → {Inferred}. Are they the same rows under a new name?";

    /// <summary>Every answer as a flag, the renames first.</summary>
    public IReadOnlyList<string> Flags =>
        [.. Candidates.Select(candidate => $"--rename {ShellWord.Of($"{Table}={candidate}")}"), $"--no-rename {ShellWord.Of($"{Table}")}"];
}

/// <summary>Renames of tables are asked about, never guessed: EF pairs tables by their entity, and drops the one whose class is renamed.</summary>
internal static class TableQuestions
{
    /// <summary>The share of columns by which a new table looks like an old one.</summary>
    private const double Alike = 0.5;

    /// <summary>What nobody has decided yet.</summary>
    public static IReadOnlyList<TableQuestion> Of(MigrationChanges pending, DatabaseModel target, Decisions decisions)
    {
        var changes = pending.Changes.Where(change => !change.Origin.Emitted).ToList();
        var created = changes.OfType<CreateTable>().Select(create => create.Table).Where(table => !decisions.Tables.Any(rename => rename.NewName.Matches(table))).ToList();
        return
        [
            .. changes.OfType<RenameTable>().Where(rename => rename.Table.Name != rename.NewName.Name && !IsDecided(rename.Table, decisions))
                .Select(rename => new TableQuestion(rename.Table, rename.NewName, [rename.NewName])),
            .. changes.OfType<DropTable>().Where(drop => !IsDecided(drop.Table, decisions))
                .Select(drop => new TableQuestion(drop.Table, null, Candidates(pending.Source.Find(drop.Table), created, target)))
                .Where(question => question.Candidates.Count > 0),
        ];
    }

    /// <exception cref="SafeMigrateException">There are questions left, or an answer is of no use.</exception>
    public static void Refuse(MigrationChanges pending, DatabaseModel target, Decisions decisions)
    {
        if (Of(pending, target, decisions) is { Count: > 0 } open)
        {
            throw new SafeMigrateException(
                string.Join(' ', open.Select(question => question.Text)),
                $"answer with {string.Join("; ", open.Select(question => string.Join(" or ", question.Flags)))}");
        }
        if (pending.Changes.OfType<RenameTable>().FirstOrDefault(rename => decisions.SeparateTables.Any(rename.Table.Matches)) is { } paired)
        {
            throw new SafeMigrateException(
                $"{paired.Table} and {paired.NewName} belong to one entity, so EF cannot drop the one and create the other.",
                "give the new table an entity of its own in one migration, and remove the old one in a later migration");
        }
        if (decisions.Tables.FirstOrDefault(rename => !pending.Changes.Any(change => change switch
            {
                RenameTable own => own.Table.Matches(rename.Table) && own.NewName.Matches(rename.NewName),
                DropTable drop => drop.Table.Matches(rename.Table) && pending.Changes.OfType<CreateTable>().Any(create => create.Table.Matches(rename.NewName)),
                _ => false,
            })) is { } idle)
        {
            throw new SafeMigrateException($"`--rename {idle.Table}={idle.NewName}`: {(target.Find(idle.Table) is not null ? $"{idle.Table} stays" : $"{idle.NewName} is there already")}.", "leave the flag out");
        }
    }

    private static bool IsDecided(TableName table, Decisions decisions) =>
        decisions.SeparateTables.Any(table.Matches) || decisions.Tables.Any(rename => rename.Table.Matches(table));

    private static IReadOnlyList<TableName> Candidates(Table? old, IReadOnlyList<TableName> created, DatabaseModel target) => old is null ? [] :
    [
        .. from name in created
           where name.Schema == old.Name.Schema
           let fresh = target.Find(name)
           where fresh is not null
           let share = Shared(old, fresh)
           where share >= Alike || (share > 0 && NameLikeness.Of(old.Name.Name, name.Name) > 0)
           orderby share descending
           select name,
    ];

    /// <summary>Columns of the same name and type, of all.</summary>
    private static double Shared(Table old, Table fresh) =>
        (double)old.Columns.Count(column => fresh.Column(column.Name)?.Type == column.Type) / Math.Max(1, Math.Max(old.Columns.Count, fresh.Columns.Count));
}
