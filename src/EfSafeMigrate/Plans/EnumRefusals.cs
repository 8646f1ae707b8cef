using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Plans;

/// <summary>
/// Changes of an enum type's values that no statement makes: the engine can add and rename them, and neither remove nor reorder them. EF knows
/// additions only, and takes everything else for one: its migration fails, or does nothing and leaves the database other than the model.
/// </summary>
internal static class EnumRefusals
{
    /// <exception cref="SafeMigrateException">A type of the source lacks a value in the target, or has its values in another order.</exception>
    public static void Check(DatabaseModel source, DatabaseModel target)
    {
        foreach (var old in source.Enums)
        {
            if (target.Enums.FirstOrDefault(type => type.Name == old.Name && type.Schema == old.Schema) is not { } fresh)
            {
                continue;
            }
            var (gone, come) = (old.Values.Except(fresh.Values).ToList(), fresh.Values.Except(old.Values).ToList());
            if (gone.Count > 0 && come.Count > 0)
            {
                throw Refused(
                    old, $"{List(gone)} goes and {List(come)} comes, which EF cannot tell from a rename, and the running release writes {List(gone)}",
                    $"keep the name in the database with PgName(\"{gone[0]}\"); or add {List(come)} beside {List(gone)}, deploy a release that knows both, change the rows in batches, and leave {List(gone)} unused");
            }
            if (gone.Count > 0)
            {
                throw Refused(
                    old, $"{List(gone)} goes, and no value can be taken out of a type",
                    $"keep {List(gone)} in the model and write it no more; or use a new type, in a new column that is filled from the old one");
            }
            if (!old.Values.SequenceEqual(fresh.Values.Intersect(old.Values)))
            {
                throw Refused(
                    old, $"its values get another order ({string.Join(", ", fresh.Values)}), and the order of a type is fixed",
                    $"keep the order {string.Join(", ", old.Values)} in the model, and sort by an expression; or use a new type, in a new column that is filled from the old one");
            }
        }
    }

    private static SafeMigrateException Refused(EnumType type, string why, string next) =>
        new($"There are no phases for the enum type {type.Name}: {why}.", $"{next}; or run it again with --one-shot to get EF's own single migration", ExitCode.StoppedSafely);

    private static string List(IReadOnlyList<string> values) => string.Join(", ", values.Select(value => $"'{value}'"));
}
