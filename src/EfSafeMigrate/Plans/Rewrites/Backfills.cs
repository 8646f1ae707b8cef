using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>The migration that fills a column in the rows that were there before.</summary>
internal static class Backfills
{
    public static Piece Piece(BackfillSpec spec, PlanContext context) => spec.Key.Count == 0 && !context.Forms.GoesWithoutKey
        ? throw PlanErrors.NotHandled($"{spec.Table}.{spec.Column}", $"its rows have to be filled in batches, and {spec.Table} has no key to go over them by")
        : new(Slot.BackfillAlone, $"fills {spec.Table}.{spec.Column} in batches")
        {
            Table = spec.Table,
            Up = new() { Last = [new Fill(spec, context.Forms.Backfill(spec), "Commits after each batch; run again after a stop, it goes on where rows are left")] },
        };
}
