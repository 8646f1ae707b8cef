using System.Collections.Immutable;

namespace EfSafeMigrate.Sql;

/// <summary>
/// What the variables of a T-SQL batch hold where the text itself says so; null where it does not. They end with the batch;
/// what a session keeps beyond one is in the model, <see cref="Changes.DatabaseModel.Texts"/>.
/// </summary>
internal sealed class Variables
{
    private ImmutableDictionary<string, string?> values = ImmutableDictionary<string, string?>.Empty.WithComparers(StringComparer.OrdinalIgnoreCase);

    public string? this[string name]
    {
        get => values.GetValueOrDefault(name);
        set => values = values.SetItem(name, value);
    }

    public ImmutableDictionary<string, string?> Now => values;

    /// <summary>Behind statements that may not have run: what they changed is not known any more.</summary>
    public void Doubt(ImmutableDictionary<string, string?> before)
    {
        foreach (var (name, value) in values)
        {
            if (before.GetValueOrDefault(name) != value)
            {
                values = values.SetItem(name, null);
            }
        }
    }
}
