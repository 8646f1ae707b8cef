using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A column that gets another type under its name, where the engine would write or read every row under a lock.</summary>
internal sealed class ChangeTypeRewrite : Rewrite
{
    public override IReadOnlyList<Piece>? Plan(Change change, PlanContext context)
    {
        if (change is not AlterColumn { ChangesType: true } alter || context.Forms.Shadow is null || context.IsNew(alter.Table)
            || context.Old(alter.Table, alter.New.Name) is not { } old || context.New(alter.Table, alter.New.Name) is not { } fresh
            || context.Engine.ImpactOf(alter, context.Before) is not { } impact || !(impact.Lasting || (context.Forms.Exchange is not null && impact.Refused is not null)))
        {
            return null;
        }
        if (IsKey(alter, context))
        {
            return context.Forms.Exchange is null ? null : throw ChangeTypeRefusals.Key(alter.Table, old, fresh, impact, context);
        }
        if (context.Forms is { Swap: null, Exchange: null })
        {
            return context.Forms.Shadow.IsShared(old.Type, fresh.Type) ? null : throw PlanErrors.OneName(alter.Table, old, fresh);
        }
        ChangeTypeRefusals.Check(alter.Table, old, fresh, impact, context);
        if (context.Forms.Exchange is not null)
        {
            return new ExchangedColumn(alter.Table, old, fresh).Pieces(context);
        }
        return new ShadowedColumn(alter.Table, old, fresh).Pieces(context);
    }

    /// <summary>Other columns have to follow a key, or it has to follow them.</summary>
    private static bool IsKey(AlterColumn alter, PlanContext context)
    {
        var table = context.Source.Find(alter.Table)!;
        return table.PrimaryKey?.Columns.Contains(alter.New.Name) == true
            || context.Source.ReferencesTo(table.Name).Any(reference => reference.ForeignKey.PrincipalColumns.Contains(alter.New.Name))
            || table.ForeignKeys.Where(key => key.Columns.Contains(alter.New.Name)).Any(key => context.Changes.OfType<AlterColumn>().Any(other =>
                other.ChangesType && other.Table.Matches(key.Principal) && key.PrincipalColumns.Contains(other.New.Name)));
    }
}
