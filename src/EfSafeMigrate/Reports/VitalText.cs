using System.Globalization;
using System.Text.Json.Nodes;
using EfSafeMigrate.Updates;

namespace EfSafeMigrate.Reports;

/// <summary>What was watched, before, during and after.</summary>
internal static class VitalText
{
    /// <summary><c>open orders: 305 ms, before 2.1 ms, during 2.4 ms (1 failed, 0 timed out)</c>.</summary>
    public static string Sentence(Vital vital) =>
        $"{vital.Name}: {Number(vital, WatchSpan.After)}, before {Number(vital, WatchSpan.Before)}, during {Number(vital, WatchSpan.During)}{Trouble(vital)}";

    public static string Number(Vital vital, WatchSpan span) =>
        vital.Values[span] is not { } value ? "no sample" : value.ToString(value < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + (vital.Unit.Length > 0 ? $" {vital.Unit}" : "");

    public static string Trouble(Vital vital)
    {
        var (errors, timeouts) = (vital.Errors.Values.Sum(), vital.Timeouts.Values.Sum());
        return errors + timeouts == 0 ? "" : $" ({errors} failed, {timeouts} timed out)";
    }

    public static JsonNode Json(Vital vital) => new JsonObject
    {
        ["name"] = vital.Name,
        ["unit"] = vital.Unit.Length > 0 ? vital.Unit : null,
        ["before"] = vital.Values[WatchSpan.Before],
        ["during"] = vital.Values[WatchSpan.During],
        ["after"] = vital.Values[WatchSpan.After],
        ["errors"] = vital.Errors.Values.Sum(),
        ["timeouts"] = vital.Timeouts.Values.Sum(),
        ["worse"] = vital.IsWorse,
    };
}
