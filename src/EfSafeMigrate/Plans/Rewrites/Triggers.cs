using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans.Rewrites;

/// <summary>A trigger's objects as steps.</summary>
internal sealed record TriggerSteps(IReadOnlyList<Step> Create, IReadOnlyList<Step> Drop);

internal static class Triggers
{
    public static TriggerSteps Steps(TriggerObjects objects, string why) =>
        new(Of(objects.Create, why), Of(objects.Drop, null));

    private static IReadOnlyList<Step> Of(IReadOnlyList<string> statements, string? comment) =>
        [new Sql(string.Join('\n', statements), Suppressed: false, comment)];
}
