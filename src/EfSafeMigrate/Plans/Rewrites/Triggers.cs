using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A trigger's objects as steps.</summary>
/// <param name="Counter">The sequence that advances when the old release writes.</param>
internal sealed record TriggerSteps(IReadOnlyList<Step> Create, IReadOnlyList<Step> Drop, TableName? Counter)
{
    public static readonly TriggerSteps None = new([], [], null);
}

internal static class Triggers
{
    public static TriggerSteps Steps(TriggerObjects objects, TableName counter, string why) =>
        new(Of(objects.Create, why), Of(objects.Drop, null), counter);

    /// <summary>Triggers that count nothing.</summary>
    public static TriggerSteps Steps(TriggerObjects objects, string? why) => new(Of(objects.Create, why), Of(objects.Drop, null), null);

    private static IReadOnlyList<Step> Of(IReadOnlyList<string> statements, string? comment) =>
        [new Sql(string.Join('\n', statements), Suppressed: false, comment) { IsOfTrigger = true }];
}
