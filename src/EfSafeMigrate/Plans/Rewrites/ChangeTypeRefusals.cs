using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Changes of a type that two releases cannot share under one name.</summary>
internal static class ChangeTypeRefusals
{
    /// <param name="impact">Of EF's own operation.</param>
    public static void Check(TableName table, Column old, Column fresh, Impact impact, PlanContext context)
    {
        var (name, source, forms) = ($"{table}.{old.Name}", context.Source.Find(table)!, context.Forms.Shadow!);
        var what = $"the change of {name} from {old.Type} to {fresh.Type}";
        if (!forms.IsShared(old.Type, fresh.Type))
        {
            throw forms.Cast is null ? PlanErrors.NotHandled(what, $"the running release cannot read {fresh.Type}; add a column of its own for it, and drop {old.Name} in a later migration") : PlanErrors.OneName(table, old, fresh);
        }
        if (context.Forms.Exchange is not null && source.ForeignKeys.Where(key => key.Columns.Contains(old.Name)).Select(key => key.Name ?? $"the foreign key of {table}").ToList() is { Count: > 0 } keys)
        {
            throw PlanErrors.NotHandled(
                what, $"{context.Engine.Name} keeps the type of a column while {string.Join(" and ", keys)} {(keys.Count == 1 ? "is" : "are")} on it",
                $"drop {string.Join(" and ", keys)} in a migration before, and add {(keys.Count == 1 ? "it" : "them")} again in one after");
        }
        var rounds = forms.Rounds(old.Type, fresh.Type);
        var narrows = forms.Misfit(new(table, old.Name, old.Type, old.Name, fresh.Type)) is not null;
        var why =
            old.Nullable != fresh.Nullable ? $"it becomes {(fresh.Nullable ? "optional" : "required")} as well; do that in a migration of its own"
            : old.Collation != fresh.Collation ? "its collation changes as well; do that in a migration of its own"
            : old.ComputedSql is not null || fresh.ComputedSql is not null ? "it is computed"
            : old.Identity || fresh.Identity ? "the database gives it its values"
            : source.Kind == TableKind.Partitioned ? $"{table} is partitioned"
            : impact.Refused ?? (context.Forms.Exchange is { } exchange ? exchange.Refusal(source, old, fresh) : Pinned(table, old.Name, context)) ?? Entangled(table, old.Name, context)
            ?? (rounds && source.Indexes.FirstOrDefault(index => index.Unique && index.Uses(old.Name)) is { } index ? $"values that differ would be rounded to the same, and {index.Name} is unique" : null)
            ?? (rounds && source.UniqueConstraints.FirstOrDefault(key => key.Columns.Contains(old.Name)) is { } key ? $"values that differ would be rounded to the same, and {key.Name} is unique" : null)
            ?? ((rounds || narrows) && source.Checks.FirstOrDefault(check => check.Sql.MentionsColumn(old.Name)) is { } check
                ? $"a value that passes {check.Name} may {(rounds ? "be rounded to one that does not" : "have no place in it, and until the contract be taken for none")}" : null);
        if (why is not null)
        {
            throw PlanErrors.NotHandled(what, why.TrimEnd('.'));
        }
    }

    /// <summary>A key that other columns follow, or that follows another, where no server changes one side of a foreign key.</summary>
    public static SafeMigrateException Key(TableName table, Column old, Column fresh, Impact impact, PlanContext context)
    {
        var what = $"the change of {table}.{old.Name} from {old.Type} to {fresh.Type}";
        var why = impact.Lasting ? $"it is a key, whose columns {context.Engine.Name} makes anew by copying the table while writers wait" : "it is a key";
        const string When = "change it when nobody writes, or with a tool that copies the table beside the traffic";
        var changed = context.Changes.OfType<AlterColumn>().Where(alter => alter.ChangesType).Select(alter => (alter.Table, alter.New.Name)).ToList();
        bool Changes(TableName one, IEnumerable<string> columns) => changed.Exists(each => each.Table.Matches(one) && columns.Contains(each.Name));
        List<string> tied =
        [
            .. from other in context.Source.Tables
               from key in other.ForeignKeys
               where Changes(other.Name, key.Columns) || Changes(key.Principal, key.PrincipalColumns)
               select key.Name ?? $"the foreign key of {other.Name}",
        ];
        return tied.Count == 0 ? PlanErrors.NotHandled(what, $"{why}; {When}")
            : PlanErrors.Tied(what, $"{why}, and {context.Engine.Name} changes neither side of a foreign key that is there; {When}", tied);
    }

    /// <summary>What the engine would not let go of the column for.</summary>
    private static string? Pinned(TableName table, string column, PlanContext context) =>
        context.Engine.ImpactOf(new DropColumn(table, column), context.Before)?.Refused;

    /// <summary>Something that stands on the column changes at once, or stands on another that changes its type.</summary>
    private static string? Entangled(TableName table, string column, PlanContext context)
    {
        var source = context.Source.Find(table)!;
        var names = ShadowedObject.Names(source, column).ToHashSet();
        var others = context.Changes.OfType<AlterColumn>().Where(alter => alter.ChangesType && alter.Table.Matches(table) && alter.New.Name != column).Select(alter => alter.New.Name);
        var shared = others.SelectMany(other => ShadowedObject.Names(source, other).Where(names.Contains).Select(each => $"{each} stands on {other} too, whose type changes as well; change one in a migration of its own"));
        var changed = context.Changes.Select(change => Changed(change, table, column, names)).OfType<string>().Select(each => $"{each} changes as well; do that in a migration of its own");
        return shared.Concat(changed).FirstOrDefault();
    }

    private static string? Changed(Change change, TableName table, string column, HashSet<string> names) => change switch
    {
        CreateIndex create when create.Table.Matches(table) && create.Index.Uses(column) => create.Index.Name,
        AddUniqueConstraint add when add.Table.Matches(table) && add.Key.Columns.Contains(column) => add.Key.Name,
        AddForeignKey add when add.Table.Matches(table) && add.ForeignKey.Columns.Contains(column) => add.ForeignKey.Name,
        AddCheckConstraint add when add.Table.Matches(table) && add.Check.Sql.MentionsColumn(column) => add.Check.Name,
        AddForeignKey { ForeignKey: { } key } when key.Principal.Matches(table) && key.PrincipalColumns.Contains(column) => key.Name,
        CreateTable create when create.Definition.ForeignKeys.FirstOrDefault(key => key.Principal.Matches(table) && key.PrincipalColumns.Contains(column)) is { } key => key.Name,
        AddPrimaryKey add when add.Table.Matches(table) && add.Key.Columns.Contains(column) => add.Key.Name,
        RenameConstraint rename when rename.Table.Matches(table) && names.Contains(rename.Name) => rename.Name,
        DropIndex drop when names.Contains(drop.Name) => drop.Name,
        RenameIndex rename when names.Contains(rename.Name) => rename.Name,
        DropUniqueConstraint drop when drop.Table.Matches(table) && names.Contains(drop.Name) => drop.Name,
        DropForeignKey drop when drop.Table.Matches(table) && names.Contains(drop.Name) => drop.Name,
        DropCheckConstraint drop when drop.Table.Matches(table) && names.Contains(drop.Name) => drop.Name,
        _ => null,
    };
}
