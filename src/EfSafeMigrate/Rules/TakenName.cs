using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>A name that is refused because what is left of it, or the name itself, is there already.</summary>
internal static class TakenName
{
    public static bool Is(Change change, DatabaseModel model, Engine engine) =>
        Repeats.Of(change, model) is not null || (engine.Names is { } limit && GivenNames.Of(change).Any(given => Cut(given, change, model, limit) is not null));

    /// <summary>What is there under the name that is left of a cut one.</summary>
    public static string? Cut(GivenName given, Change change, DatabaseModel model, NameLimit limit) => !limit.Cuts || !limit.Exceeds(given.Name) ? null :
        model.Tables
            .Where(table => given.Kind is GivenNames.Table or GivenNames.Index || (change.Target is { } target && table.Name.Matches(target)))
            .SelectMany(table => GivenNames.Of(new CreateTable(table)))
            .FirstOrDefault(each => each.Kind == given.Kind && limit.Cut(each.Name) == limit.Cut(given.Name))?.Name;
}
