using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>How the values of a renamed column become those of the new one and back; the same where both have one type.</summary>
/// <param name="Up">The new value as SQL over the row.</param>
/// <param name="Down">The old value.</param>
/// <param name="Said">A person gave an expression: what it does not keep is lost.</param>
internal sealed record RenamedValues(string Up, string Down, bool Said, bool SameType)
{
    /// <summary>The new type holds values that the old one does not.</summary>
    public bool Tight { get; init; }

    /// <exception cref="SafeMigrateException">An expression is missing.</exception>
    public static RenamedValues Of(TableName table, Column old, Column fresh, PlanContext context)
    {
        var (up, down) = (context.Using(table, fresh.Name), context.Using(table, old.Name));
        if (up is null && down is null && string.Equals(old.Type, fresh.Type, StringComparison.OrdinalIgnoreCase))
        {
            return new(context.Engine.Quote(old.Name), context.Engine.Quote(fresh.Name), Said: false, SameType: true);
        }
        if (context.Forms.Shadow is not { Cast: { } cast } forms)
        {
            throw Refused(table, old, fresh, isSaid: up is not null || down is not null, context);
        }
        string[] missing =
        [
            .. up is null && (!forms.Converts(old.Type, fresh.Type) || forms.Misfit(new(table, old.Name, old.Type, fresh.Name, fresh.Type)) is not null) ? [fresh.Name] : Array.Empty<string>(),
            .. down is null && !forms.Converts(fresh.Type, old.Type) ? [old.Name] : Array.Empty<string>(),
        ];
        if (missing.Length > 0)
        {
            throw PlanErrors.NeedsUsing(table, old, fresh, missing);
        }
        var pair = new ColumnGroup(table, [old.Name], [fresh.Name]);
        if (up is not null)
        {
            RegroupRefusals.Expression(pair, fresh.Name, pair.New, context);
        }
        if (down is not null)
        {
            RegroupRefusals.Expression(pair, old.Name, pair.Old, context);
        }
        return new(
            cast(up is null ? context.Engine.Quote(old.Name) : $"({up})", fresh.Type), cast(down is null ? context.Engine.Quote(fresh.Name) : $"({down})", old.Type),
            up is not null || down is not null, SameType: false)
        {
            Tight = down is null && forms.Misfit(new(table, fresh.Name, fresh.Type, old.Name, old.Type)) is not null,
        };
    }

    /// <summary>Why there is no trigger that makes the one of the other.</summary>
    private static SafeMigrateException Refused(TableName table, Column old, Column fresh, bool isSaid, PlanContext context)
    {
        var (name, what) = ($"{table}.{old.Name}", $"the rename of {table}.{old.Name} to {fresh.Name}");
        return isSaid ? PlanErrors.NotCarried(what, $"no trigger of {context.Engine.Name} makes one column of another by an expression yet", "--using", name)
            : context.Forms.Shadow?.IsShared(old.Type, fresh.Type) == false
                ? PlanErrors.NotHandled(what, $"its type changes from {old.Type} to {fresh.Type} as well, which the running release cannot read; add {fresh.Name} as a column of its own, and drop {old.Name} in a later migration")
            : PlanErrors.NotHandled(what, $"its type changes from {old.Type} to {fresh.Type} as well; rename it first and change the type in a later migration");
    }
}
