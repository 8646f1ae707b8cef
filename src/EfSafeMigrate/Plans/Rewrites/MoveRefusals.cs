using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Moves to another table that two releases cannot share.</summary>
internal static class MoveRefusals
{
    /// <returns>The foreign key that links the rows.</returns>
    public static Tie Check(MoveColumn move, Column old, Column fresh, PlanContext context)
    {
        var ties = Ties.Between(move.Table, move.To, context.Source, context.Target);
        var name = $"{move.Table}.{move.Name}";
        var why =
            context.Forms.Move is null ? $"{context.Engine.Name} has no triggers for it"
            : move.Table.Matches(move.To) ? "it stays in its table; say --rename"
            : context.FormerName(move.Table) is not null || context.FormerName(move.To) is not null ? "a table of it gets another name as well; do that in a migration of its own"
            : context.Target.Find(move.Table) is null ? $"{move.Table} is dropped as well; drop it in a later migration"
            : context.Target.Find(move.Table)!.Column(move.Name) is not null ? $"{name} is still in the model"
            : context.Old(move.To, move.NewName) is not null ? $"{move.To}.{move.NewName} is there already"
            : ties.Count == 0 ? $"no foreign key that is there before and after ties {move.Table} and {move.To}"
            : ties.Count > 1 ? $"{string.Join(" and ", ties.Select(tie => tie.Name))} tie {move.Table} and {move.To}, and nobody can say which links the rows"
            : OfColumns(move, old, fresh, context) ?? OfTie(move, old, fresh, ties[0], context);
        return why is null ? ties[0] : throw PlanErrors.NotCarried($"the move of {name} to {move.To}.{move.NewName}", why, "--move", name);
    }

    private static string? OfColumns(MoveColumn move, Column old, Column fresh, PlanContext context)
    {
        var name = $"{move.Table}.{move.Name}";
        return !string.Equals(old.Type, fresh.Type, StringComparison.OrdinalIgnoreCase) || old.Collation != fresh.Collation
                ? $"its type changes from {old.Type} to {fresh.Type} as well; do that in a migration of its own"
            : old.ComputedSql is not null || fresh.ComputedSql is not null ? $"{name} is computed"
            : old.Identity || fresh.Identity ? $"the database gives {name} its values"
            : Ties.Keys(move.Table, context.Source).Contains(move.Name) || Ties.Keys(move.To, context.Target).Contains(move.NewName) ? $"rows are told apart or linked by {move.Name}"
            : old.Default is not null ? $"{name} has a default, and a row that the new release inserts without it could not be told from one that the old release wrote; drop the default in a migration of its own"
            : NotNull.IsLate(context) && !(old.Nullable && fresh.Nullable) ? $"{name} is required, and {context.Engine.Name} has no trigger that fills what an INSERT leaves out"
            : !old.Nullable && fresh.Nullable ? $"{name} becomes optional as well, and the running release cannot read NULL; move it first and make it optional later"
            : null;
    }

    private static string? OfTie(MoveColumn move, Column old, Column fresh, Tie tie, PlanContext context)
    {
        var (made, toChild) = (context.IsNew(move.To), tie.Child.Matches(move.To));
        var child = context.Target.Find(tie.Child)!;
        return Versioned(move, context) is { } versioned ? $"{versioned} has {context.Forms.Move!.RowVersion} as its concurrency token, and the trigger's write of a row would look like another user's"
            : made && !toChild ? $"{move.To} is made in the same migration, so that no row of {move.Table} is linked to one of it yet; add {tie.Name} and fill it first"
            : tie.Many && !context.Forms.Move!.ReachesSiblings ? $"a row of {tie.Parent} has several of {tie.Child}, and {context.Engine.Name} has no trigger that writes the table its statement writes"
            : made && !tie.Many ? OfMade(move, old, fresh, tie, context)
            : old.Nullable && !fresh.Nullable ? $"{move.Table}.{move.Name} may be NULL and {move.To}.{move.NewName} is required; move it as optional and make it required later"
            : toChild && !fresh.Nullable && tie.ChildKey.Any(column => child.Column(column)!.Nullable) ? $"a row of {move.To} need not be linked to one of {move.Table}, and would have no {move.NewName}; move it as optional and make it required later"
            : null;
    }

    private static TableName? Versioned(MoveColumn move, PlanContext context) =>
        context.Forms.Move!.RowVersion is not { } version ? null
        : new[] { move.Table, move.To }.FirstOrDefault(table => (context.Source.Find(table)?.Column(version) ?? context.Target.Find(table)?.Column(version)) is not null);

    /// <summary>Rows of a table that is made for the value are made for the running release, which does not know it.</summary>
    private static string? OfMade(MoveColumn move, Column old, Column fresh, Tie tie, PlanContext context)
    {
        var table = context.Target.Find(move.To)!;
        var moved = context.Decisions.Moves.Where(other => other.Table.Matches(move.Table) && other.To.Matches(move.To)).Select(other => other.NewName).ToList();
        var own = table.Columns.Where(column => !tie.ChildKey.Contains(column.Name) && column.ComputedSql is null).ToList();
        var stays = own.Find(column => !moved.Contains(column.Name) && column is { Nullable: false, Default: null, Identity: false });
        var others = string.Join(", ", own.Where(column => column.Name != move.NewName && !column.Identity).Select(column => column.Name));
        return stays is not null ? $"a row of {move.To} cannot be made from {string.Join(" and ", moved)} alone: {stays.Name} is required and has no default"
            : table.ForeignKeys.First(key => key.Columns.SequenceEqual(tie.ChildKey)).OnDelete != "CASCADE"
                ? $"{tie.Name} does not delete a row of {move.To} with its row of {move.Table}, and the running release, which does not know {move.To}, could delete none; let it cascade"
            : old.Nullable && !fresh.Nullable && others.Length > 0
                ? $"{move.Table}.{move.Name} may be NULL and {move.To}.{move.NewName} is required, while {move.To} holds {others} besides; move it as optional and make it required later"
            : IsUnique(table, move.NewName) && !IsUnique(context.Source.Find(move.Table)!, move.Name) ? $"{move.To}.{move.NewName} is unique and {move.Table}.{move.Name} is not; make it unique in a migration of its own"
            : null;
    }

    private static bool IsUnique(Table table, string column) =>
        table.UniqueConstraints.Any(key => key.Columns is [var only] && only == column) || table.Indexes.Any(index => index is { Unique: true, Columns: [var only] } && only == column);
}
