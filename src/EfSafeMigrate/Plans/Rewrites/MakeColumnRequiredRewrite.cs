using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>NULLs get a value first, from a trigger and a backfill; then the column becomes required without a scan under a lock.</summary>
internal sealed class MakeColumnRequiredRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AlterColumn { BecomesRequired: true, ChangesType: false, ChangesCollation: false } alter || context.IsNew(alter.Table)
            || context.Old(alter.Table, alter.New.Name) is not { } old || context.New(alter.Table, alter.New.Name) is not { } fresh)
        {
            return null;
        }
        var (table, name) = (alter.Table, fresh.Name);
        // EF makes up a value only where the model has none, and its migration leaves it behind as the column's default.
        var made = fresh.Default is null ? alter.New.Default : null;
        var value = context.Fill(table, name) ?? alter.New.Default?.Sql
            ?? throw PlanErrors.NeedsFill(table, name, $"{name} becomes required and EF knows no value for it");
        var also = old.Default != fresh.Default || old.Comment != fresh.Comment;
        bool Is(AlterColumn proposed) => proposed.New.Name == name && proposed.Table.Matches(table);
        var pieces = new FilledColumn(table, name, value, made).Pieces(
            $"a trigger fills {table}.{name} where the running release leaves it NULL",
            trigger => also
                ? new() { Disposals = [Disposals.Emitted<AlterColumn>(Is, null, trigger.Create) with { Required = false }] }
                : new() { Last = trigger.Create },
            [],
            null,
            context);
        return [.. pieces.Select(piece => piece.Slot == Slot.BackfillAlone ? piece with { Loses = $"Rows of {table} without {name} keep the value they are given." } : piece)];
    }
}
