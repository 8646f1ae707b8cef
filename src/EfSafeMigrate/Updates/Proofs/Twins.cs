using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>Columns that hold the same value for two releases, by what fills the new one.</summary>
internal sealed class Twins
{
    private readonly Dictionary<(string Table, string Column), string> other = [];
    private readonly HashSet<(string Table, string Column)> filled = [];
    private readonly Dictionary<(string Table, string Column), Tied> tied = [];

    private readonly List<Regrouping> regroupings;

    /// <param name="schema">A schema in which the old columns are.</param>
    /// <param name="regrouped">Columns whose values are kept in others.</param>
    public Twins(IEnumerable<BackfillSpec> kept, IEnumerable<Regrouping> regrouped, Engine engine, DatabaseModel schema)
    {
        regroupings = [.. regrouped];
        foreach (var spec in kept.Where(spec => Others(spec.Table.ToString(), spec.Column).Count == 0))
        {
            var table = spec.Table.ToString();
            if (spec.Tied is { } far)
            {
                tied[(table, spec.Column)] = new(far.Table.ToString(), far.Column, far.To, far.Key);
                tied[(far.Table.ToString(), far.Column)] = new(table, spec.Column, far.Key, far.To);
            }
            else if (spec.NullsOnly)
            {
                filled.Add((table, spec.Column));
            }
            else if (schema.Find(spec.Table)?.Columns.FirstOrDefault(column => column.Name != spec.Column && IsImage(spec.Expression, engine.Quote(column.Name))) is { } old)
            {
                other[(table, old.Name)] = spec.Column;
                other[(table, spec.Column)] = old.Name;
                if (spec.Expression != engine.Quote(old.Name))
                {
                    filled.Add((table, spec.Column));
                    filled.Add((table, old.Name));
                }
            }
        }
    }

    /// <summary>The columns that are made anew when this one is written.</summary>
    public IReadOnlyList<string> Others(string table, string column) =>
    [
        .. from regrouping in regroupings
           where regrouping.Table.ToString() == table
           let isOld = regrouping.Old.Any(each => each.Name == column)
           where isOld || regrouping.New.Any(each => each.Name == column)
           from other in isOld ? regrouping.New : regrouping.Old
           select other.Name,
    ];

    public string? Of(string table, string column) => other.GetValueOrDefault((table, column));

    /// <summary>The place in another table that holds the same value in linked rows.</summary>
    public Tied? TiedTo(string table, string column) => tied.GetValueOrDefault((table, column));

    /// <summary>The places in other tables that a column links the rows of.</summary>
    public IEnumerable<Tied> LinkedBy(string table, string column) => tied.Where(each => each.Key.Table == table && each.Value.Own.Contains(column)).Select(each => each.Value);

    /// <summary>A trigger gives it a value where it would be NULL.</summary>
    public bool IsFilled(string table, string column) => filled.Contains((table, column));

    /// <summary>The old column's value is the new one's, at least where it is not NULL.</summary>
    private static bool IsImage(string expression, string old) =>
        expression == old || expression.StartsWith($"COALESCE({old},", StringComparison.Ordinal) || expression.StartsWith($"CAST(COALESCE({old},", StringComparison.Ordinal);
}

/// <summary>A place in another table.</summary>
/// <param name="Own">The columns of the first table that link its rows.</param>
/// <param name="Key">Those of the other that they are equal to.</param>
internal sealed record Tied(string Table, string Column, IReadOnlyList<string> Own, IReadOnlyList<string> Key);
