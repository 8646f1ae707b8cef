using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>The order of an enum type's values is fixed. No statement changes it and EF proposes none, so the database would stay other than the model.</summary>
internal static class EnumRefusals
{
    /// <exception cref="SafeMigrateException">A type of the source has its values in another order in the target.</exception>
    public static void Check(DatabaseModel source, DatabaseModel target)
    {
        foreach (var old in source.Enums)
        {
            if (target.Enums.FirstOrDefault(type => type.Name == old.Name && type.Schema == old.Schema) is { } fresh
                && !old.Values.Intersect(fresh.Values).SequenceEqual(fresh.Values.Intersect(old.Values)))
            {
                throw new SafeMigrateException(
                    $"There are no phases for the enum type {old.Name}: its values get another order ({string.Join(", ", fresh.Values)}), and the order of a type is fixed.",
                    $"keep the order {string.Join(", ", old.Values)} in the model and sort by an expression, or use a new type in a new column that is filled from the old one; or run it again with --one-shot to get EF's own single migration",
                    ExitCode.StoppedSafely);
            }
        }
    }
}
