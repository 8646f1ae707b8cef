using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>Columns that two releases cannot keep in others, and expressions that cannot say how.</summary>
internal static class RegroupRefusals
{
    /// <exception cref="SafeMigrateException">There is such a column or expression.</exception>
    public static void Check(ColumnGroup group, PlanContext context)
    {
        if (!context.Forms.Regroups)
        {
            throw NotCarried(group, $"no trigger of {context.Engine.Name} makes several columns of others yet");
        }
        Missing(group, context);
        var (before, after) = (context.Source.Find(group.Table)!, context.Target.Find(group.Table)!);
        var why = group.Old.Select(column => Why(before, before.Column(column)!, context)).Concat(group.New.Select(column => Why(after, after.Column(column)!, context))).OfType<string>();
        if ((why.FirstOrDefault() ?? group.New.Where(column => after.Column(column)!.Default is not null).Select(column => $"{group.Table}.{column} has a default of its own; give it one in a later migration").FirstOrDefault()) is { } refused)
        {
            throw NotCarried(group, refused);
        }
        foreach (var column in group.Old)
        {
            Expression(group, column, group.Old, context);
        }
        foreach (var column in group.New)
        {
            Expression(group, column, group.New, context);
        }
    }

    private static SafeMigrateException NotCarried(ColumnGroup group, string why) => PlanErrors.NotCarried($"the {group.What}", why, "--using", group.Listed(group.Old));

    private static void Missing(ColumnGroup group, PlanContext context)
    {
        IReadOnlyList<(string, IReadOnlyList<string>)> missing =
        [
            .. group.New.Where(column => context.Using(group.Table, column) is null).Select(column => (column, group.Old)),
            .. group.Old.Where(column => context.Using(group.Table, column) is null).Select(column => (column, group.New)),
        ];
        if (missing.Count > 0)
        {
            throw PlanErrors.NeedsUsing(group, missing);
        }
    }

    private static string? Why(Table table, Column column, PlanContext context)
    {
        var name = $"{table.Name}.{column.Name}";
        return column.ComputedSql is not null ? $"{name} is computed"
            : column.Identity ? $"the database gives {name} its values"
            : table.PrimaryKey?.Columns.Contains(column.Name) == true ? $"{name} is part of the primary key"
            : table.ForeignKeys.Any(key => key.Columns.Contains(column.Name)) ? $"{name} has a foreign key"
            : context.Source.ReferencesTo(table.Name).Any(reference => reference.ForeignKey.PrincipalColumns.Contains(column.Name)) ? $"a foreign key references {name}"
            : context.Forms.Shadow?.Cast is null && !context.Forms.HasLooseEquality(column.Type) ? $"{name} is {column.Type}, and on {context.Engine.Name} only columns of text are kept in others"
            : null;
    }

    /// <param name="side">The columns beside which this one stands.</param>
    /// <exception cref="SafeMigrateException">What was said of the column cannot be carried out row by row.</exception>
    public static void Expression(ColumnGroup group, string column, IReadOnlyList<string> side, PlanContext context)
    {
        var sql = context.Using(group.Table, column)!;
        var columns = context.Source.Find(group.Table)!.Columns.Concat(context.Target.Find(group.Table)!.Columns).ToList();
        if (columns.Find(each => each.ComputedSql is not null && sql.MentionsColumn(each.Name)) is { } computed)
        {
            throw PlanErrors.UsesComputed(group.Table, column, computed.Name);
        }
        var names = columns.Select(each => each.Name).ToHashSet();
        if (Flaw(sql, names, side, group, context) is var (why, next))
        {
            throw PlanErrors.Using(group.Table, column, why, next);
        }
    }

    private static (string Why, string Next)? Flaw(string sql, HashSet<string> columns, IReadOnlyList<string> side, ColumnGroup group, PlanContext context)
    {
        var (table, quote) = (group.Table, context.Engine.Quote("x")[0]);
        var alone = $"write an expression over the columns of {table} alone";
        var words = sql.NamesIn().Where(name => !name.IsType && (char.IsLetter(name.Text[0]) || name.Text[0] is '_' || name.Text[0] == quote)).ToList();
        string Bare(string text) => text[0] == quote ? text[1..^1].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal) : text;
        bool IsForeign(NameInSql name) =>
            name.Qualifies ? Bare(name.Text) != table.Name && !name.IsQualified : name.Text[0] == quote && !name.IsCalled && !columns.Contains(Bare(name.Text));
        bool IsNamed(string column) => words.Exists(name => !name.IsCalled && (name.Text[0] == quote ? Bare(name.Text) == column
            : name.Text.Equals(column, StringComparison.OrdinalIgnoreCase) && !(context.Forms.FoldsNames && column.Any(char.IsUpper))));
        if (words.Find(name => name.Text.Equals("SELECT", StringComparison.OrdinalIgnoreCase)) is not null)
        {
            return ("reads other rows", alone);
        }
        if (words.Find(name => IsForeign(name) && !Calls(words, name)) is { } foreign)
        {
            return ($"names {foreign.Text}, which is no column of {table}", alone);
        }
        bool IsFolded(NameInSql name) => name.Text[0] != quote && name.Text.Any(char.IsUpper)
            && (name.Qualifies ? name.Text == table.Name : !name.IsCalled && !columns.Contains(name.Text.ToLowerInvariant()) && columns.Contains(name.Text));
        if (context.Forms.FoldsNames && words.Find(IsFolded) is { } folded)
        {
            return ($"names {folded.Text} without quotes, which {context.Engine.Name} takes for {folded.Text.ToLowerInvariant()}", $"write {context.Engine.Quote(folded.Text)}");
        }
        if (side.FirstOrDefault(IsNamed) is { } own)
        {
            return ($"names {own}, which is made together with it", $"write it over {string.Join(", ", side == group.Old ? group.New : group.Old)}");
        }
        if (columns.FirstOrDefault(name => !group.Has(table, name) && IsNamed(name) && (context.Old(table, name) is null || context.New(table, name) is null)) is { } moving)
        {
            return ($"names {moving}, which comes or goes in the same plan", "do one of the two in a migration of its own");
        }
        if (context.Forms.NumbersRowsLate && columns.FirstOrDefault(name => context.Old(table, name) is { Identity: true } && IsNamed(name)) is { } numbered)
        {
            return ($"names {numbered}, and the database numbers a new row behind the trigger that fills it", alone);
        }
        return context.Forms.AnswersAnew(sql, context.Source) ? ("calls a function that may answer anew each time", "use functions that depend on nothing but the row") : null;
    }

    /// <summary>The schema of a function.</summary>
    private static bool Calls(List<NameInSql> words, NameInSql name) => name.Qualifies && words.IndexOf(name) is var at && at + 1 < words.Count && words[at + 1] is { IsQualified: true, IsCalled: true };
}
