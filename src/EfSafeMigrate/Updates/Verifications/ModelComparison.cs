using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Verifications;

/// <summary>
/// What of a model is not in the database, or is there in another way: a sentence for each. What the database has beyond the model is nobody's fault:
/// EF itself leaves the default there that it gave to the rows of a new column.
/// </summary>
/// <param name="forms">The engine's.</param>
/// <param name="sameValue">Asks the server about two constants of a type.</param>
internal sealed class ModelComparison(LiveSchemaForms forms, Func<string, string, string, Task<bool>> sameValue)
{
    /// <param name="model">What should be there.</param>
    /// <param name="live">What is there.</param>
    public async Task<IReadOnlyList<Difference>> OfAsync(DatabaseModel model, DatabaseModel live)
    {
        List<Difference> differences = [];
        foreach (var table in model.Tables)
        {
            if (live.Find(table.Name) is { } found)
            {
                await TableAsync(table, found, differences);
            }
            else
            {
                differences.Add(new(ModelPart.Table, $"the table {table.Name} is not there") { Table = table.Name });
            }
        }
        return differences;
    }

    private async Task TableAsync(Table model, Table live, List<Difference> differences)
    {
        foreach (var column in model.Columns)
        {
            if (live.Column(column.Name) is { } found)
            {
                await ColumnAsync(model.Name, column, found, differences);
            }
            else
            {
                differences.Add(new(ModelPart.Column, $"the column {model.Name}.{column.Name} is not there") { Table = model.Name, Names = [column.Name] });
            }
        }
        if (live.Kind == TableKind.View)
        {
            return;
        }
        Key(model, live, differences);
        ForeignKeys(model, live, differences);
        Indexes(model, live, differences);
        if (forms.NamesChecks)
        {
            Checks(model, live, differences);
        }
    }

    private void Checks(Table model, Table live, List<Difference> differences)
    {
        string[] columns = [.. live.Columns.Select(column => column.Name)];
        foreach (var check in model.Checks.Where(check => check.Name is not null))
        {
            var problem = live.Checks.FirstOrDefault(found => found.Name == check.Name) is not { } found ? "is not there"
                : forms.SameCheck?.Invoke(check.Sql, found.Sql, columns) == false ? $"is `{found.Sql}`, and the model says `{check.Sql}`"
                : null;
            if (problem is not null)
            {
                differences.Add(new(ModelPart.Check, $"the check {check.Name} on {model.Name} {problem}") { Table = model.Name, Names = [check.Name!] });
            }
        }
    }

    private async Task ColumnAsync(TableName table, Column model, Column live, List<Difference> differences)
    {
        if (!forms.SameType(model.Type, live.Type))
        {
            Differs($"is {live.Type}, and the model says {model.Type}");
        }
        if (model.Nullable != live.Nullable && model.ComputedSql is null)
        {
            Differs(live.Nullable ? "may be NULL, and the model says that it may not" : "may not be NULL, and the model says that it may");
        }
        if (model.ComputedSql is null != live.ComputedSql is null)
        {
            Differs(live.ComputedSql is null ? "is not computed, and the model says that it is" : "is computed, and the model says that it is not");
        }
        if (model.Identity && !live.Identity)
        {
            Differs("is not numbered by the database, and the model says that it is");
        }
        if (model.Default is not { } expected)
        {
            return;
        }
        if (live.Default is not { } found)
        {
            Differs($"has no default, and the model says {expected.Sql}");
        }
        else if (expected.Constant && expected.Sql != found.Sql && !await sameValue(live.Type, expected.Sql, found.Sql))
        {
            Differs($"has the default {found.Sql}, and the model says {expected.Sql}");
        }

        void Differs(string how) => differences.Add(new(ModelPart.Column, $"the column {table}.{model.Name} {how}") { Table = table, Names = [model.Name] });
    }

    private void Key(Table model, Table live, List<Difference> differences)
    {
        if (model.PrimaryKey is { } key && !(live.PrimaryKey?.Columns.SequenceEqual(key.Columns) ?? false))
        {
            differences.Add(new(ModelPart.Key, live.PrimaryKey is { } other
                ? $"the primary key of {model.Name} is over {List(other.Columns)}, and the model says {List(key.Columns)}" : $"{model.Name} has no primary key") { Table = model.Name, Names = [key.Name ?? "", live.PrimaryKey?.Name ?? ""] });
        }
        differences.AddRange(model.UniqueConstraints.Where(unique => !live.UniqueConstraints.Any(found => found.Columns.SequenceEqual(unique.Columns) && Named(unique.Name, found.Name)))
            .Select(unique => new Difference(ModelPart.Key, $"the unique key {unique.Name} on {model.Name} is not there") { Table = model.Name, Names = [unique.Name ?? ""] }));
    }

    private void ForeignKeys(Table model, Table live, List<Difference> differences)
    {
        foreach (var expected in model.ForeignKeys)
        {
            var same = live.ForeignKeys.Where(found => Named(expected.Name, found.Name) && found.Columns.SequenceEqual(expected.Columns) && found.Principal.Matches(expected.Principal)
                // One that names no columns refers to the primary key.
                && (found.PrincipalColumns.Count == 0 || found.PrincipalColumns.SequenceEqual(expected.PrincipalColumns))).ToArray();
            if (same.Length == 0)
            {
                differences.Add(new(ModelPart.ForeignKey, $"the foreign key {expected.Name} on {model.Name} is not there") { Table = model.Name, Names = [expected.Name ?? ""] });
            }
            else if (!same.Any(found => Action(found) == Action(expected)))
            {
                differences.Add(new(ModelPart.ForeignKey, $"the foreign key {expected.Name} on {model.Name} says ON DELETE {Action(same[0])}, and the model says {Action(expected)}") { Table = model.Name, Names = [expected.Name ?? ""] });
            }
        }
    }

    // Both refuse; they differ only inside a transaction.
    private static string Action(ForeignKey key) => key.OnDelete is null or "RESTRICT" ? "NO ACTION" : key.OnDelete;

    private static void Indexes(Table model, Table live, List<Difference> differences)
    {
        foreach (var expected in model.Indexes)
        {
            var problem = live.Indexes.FirstOrDefault(index => index.Name == expected.Name) is not { } found ? "is not there"
                : expected.Unique && !found.Unique ? "is not unique, and the model says that it is"
                : !expected.Unique && found.Unique ? "is unique, and the model says that it is not"
                : !found.Columns.Contains("()") && !found.Columns.SequenceEqual(expected.Columns) ? $"is over {List(found.Columns)}, and the model says {List(expected.Columns)}"
                : null;
            if (problem is not null)
            {
                differences.Add(new(ModelPart.Index, $"the index {expected.Name} on {model.Name} {problem}") { Table = model.Name, Names = [expected.Name] });
            }
        }
    }

    private bool Named(string? expected, string? found) => !forms.NamesKeys || expected is null || expected == found;

    private static string List(IReadOnlyList<string> columns) => $"({string.Join(", ", columns)})";
}

/// <param name="Sentence">A clause without its full stop.</param>
internal sealed record Difference(ModelPart Part, string Sentence)
{
    /// <summary>What it is about, beyond its sentence; null for what belongs to no table.</summary>
    public TableName? Table { get; init; }

    /// <summary>The names of it: its own, and another under which it is there; none for the table itself.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public bool Equals(Difference? other) => other is not null && (Part, Sentence) == (other.Part, other.Sentence);

    public override int GetHashCode() => HashCode.Combine(Part, Sentence);
}

internal enum ModelPart { Table, Column, Key, ForeignKey, Index, Check, Trigger, View, Other }
