using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>
/// A foreign key that empties the old column when its row is deleted does so without the trigger, where the engine has it so: the new column
/// keeps what it had. Both are made equal again before the new column gets a foreign key of its own, and before the old column goes.
/// </summary>
/// <param name="Steps">Write the new column where it differs; none when nothing passes the trigger.</param>
internal sealed record Reconciliation(IReadOnlyList<Piece> Pieces, IReadOnlyList<Step> Steps)
{
    public static Reconciliation Of(TableName table, Column old, BackfillSpec forward, PlanContext context)
    {
        if (context.Forms.Reconcile is not { } reconcile
            || context.Source.Find(table)!.ForeignKeys.FirstOrDefault(key => key.Columns.Contains(old.Name) && key.OnDelete is "SET NULL" or "SET DEFAULT") is not { } key)
        {
            return new([], []);
        }
        IReadOnlyList<Step> steps = [new Sql(reconcile(forward, old.Name), Suppressed: false, $"{key.Name} empties {old.Name} without firing the trigger")];
        return new(
            [
                new(Slot.ConstrainProved, $"makes {table}.{forward.Column} equal to {old.Name} once more")
                {
                    Table = table,
                    Note = $"{context.Engine.Name} fires no trigger when {key.Name} empties {table}.{old.Name} because a row of {key.Principal} is deleted: until {forward.Column} has a foreign key of its own, it keeps the value in such a row, and the plan makes both equal again.",
                    Up = new() { First = steps },
                },
            ],
            steps);
    }
}
