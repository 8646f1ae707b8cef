using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Renames that two releases cannot share.</summary>
internal static class RenameRefusals
{
    public static void Check(RenameColumn rename, Column old, Column fresh, PlanContext context)
    {
        var (table, source) = (rename.Table, context.Source.Find(rename.Table)!);
        var name = $"{table}.{rename.Name}";
        var why =
            !old.Nullable && fresh.Nullable
                ? $"{name} becomes optional as well, and the running release cannot read NULL; rename it first and make it optional later"
            : old.ComputedSql is not null || fresh.ComputedSql is not null ? $"{name} is computed"
            : old.Identity || fresh.Identity ? $"the database gives {name} its values"
            : source.PrimaryKey?.Columns.Contains(old.Name) == true ? $"{name} is part of the primary key"
            : context.Source.ReferencesTo(source.Name).Any(reference => reference.ForeignKey.PrincipalColumns.Contains(old.Name)) ? $"a foreign key references {name}"
            : context.New(table, old.Name) is not null ? $"the name {rename.Name} is given to another column at once; free it in one migration and use it again in a later one"
            : context.Old(table, fresh.Name) is not null ? $"{rename.NewName} is the name of a column that is there already"
            : null;
        if (why is not null)
        {
            throw PlanErrors.NotHandled($"the rename of {name} to {rename.NewName}", why);
        }
    }
}
