using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>The ways to dispose of a proposed operation.</summary>
internal static class Disposals
{
    /// <summary>EF's operation as proposed, with steps right behind it.</summary>
    public static Disposal Emitted<T>(Func<T, bool> which, string? comment, params IEnumerable<Step> then) where T : Change =>
        new(Which(which), operation => [new Emit(operation, comment), .. then], "emitted as EF proposes it") { Then = [.. then] };

    public static Disposal Shaped<T>(Func<T, bool> which, Func<Emit, Emit> shape, string? comment, params IEnumerable<Step> then) where T : Change =>
        new(Which(which), operation => [shape(new Emit(operation, comment)), .. then], comment ?? "emitted in another form") { Then = [.. then] };

    public static Disposal Replaced<T>(Func<T, bool> which, string reason, params IEnumerable<Step> by) where T : Change =>
        new(Which(which), _ => [.. by], reason) { Then = [.. by] };

    /// <summary>The operation again, whatever EF fills in between the interim models.</summary>
    public static Disposal Again(Change change)
    {
        var identity = Identity.Of(change);
        return new(proposed => Identity.Of(proposed) == identity, operation => [new Emit(operation)], "harmless to the running release")
        {
            Required = !Identity.IsData(change),
        };
    }

    private static Func<Change, bool> Which<T>(Func<T, bool> which) where T : Change => change => change is T of && which(of);
}
