using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.Reports;

/// <summary>What a rehearsal found, for every format alike.</summary>
internal sealed class RehearsalReport(UpdatePlan plan, Engine engine, FactSheet facts)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public UpdatePlan Plan { get; } = plan;

    /// <summary>Null when nothing was pending.</summary>
    public Rehearsed? Rehearsed { get; private set; }

    /// <summary>In the order of the migrations.</summary>
    public IReadOnlyList<Forecast> Forecasts { get; private set; } = [];

    public void Add(Rehearsed rehearsed)
    {
        Rehearsed = rehearsed;
        Forecasts = [.. rehearsed.Migrations.Select(migration => Forecast.Of(migration, engine, facts))];
    }

    public string Json() => new JsonObject
    {
        ["schemaVersion"] = JsonReport.SchemaVersion,
        ["plan"] = Plan.Hash,
        ["clean"] = Rehearsed is null or { IsClean: true },
        ["migrations"] = new JsonArray([.. (Rehearsed?.Migrations ?? []).Zip(Forecasts, Json)]),
        ["notRehearsed"] = Texts((Rehearsed?.Left ?? []).Select(migration => migration.Id)),
    }.ToJsonString(Readable);

    private static JsonObject Json(RehearsedMigration migration, Forecast forecast) => new()
    {
        ["id"] = migration.Migration.Id,
        ["phase"] = migration.Migration.Phase.ToString(),
        ["clean"] = migration.IsClean,
        ["upMilliseconds"] = Milliseconds(migration.Up),
        ["downMilliseconds"] = Milliseconds(migration.Down),
        ["againMilliseconds"] = Milliseconds(migration.Again),
        ["compared"] = migration.Compared,
        ["proved"] = migration.Proved,
        ["defects"] = new JsonArray([.. migration.Defects.Select(defect => new JsonObject { ["kind"] = defect.Kind.ToString(), ["sentence"] = defect.Sentence, ["next"] = defect.Next })]),
        ["byDesign"] = Texts(migration.ByDesign),
        ["notes"] = Texts(migration.Notes),
        ["commands"] = new JsonArray([.. migration.Commands.Zip(forecast.Commands, Json)]),
        ["forecastMilliseconds"] = Milliseconds(forecast.Total),
        ["longestLock"] = forecast.Longest is { } longest
            ? new JsonObject { ["table"] = longest.Lock.Table.ToString(), ["mode"] = longest.Lock.Mode, ["blocks"] = JsonReport.Word(longest.Lock.Blocks), ["forecastMilliseconds"] = Milliseconds(longest.Time) } : null,
    };

    private static JsonObject Json(RehearsedCommand command, CommandForecast forecast) => new()
    {
        ["sql"] = command.Command.Sql,
        ["milliseconds"] = Math.Round(command.Milliseconds, 1),
        ["rowsChanged"] = command.Changed < 0 ? null : command.Changed,
        ["locks"] = new JsonArray([.. command.Locks.Select(taken => new JsonObject { ["table"] = taken.Table.ToString(), ["mode"] = taken.Mode, ["blocks"] = JsonReport.Word(taken.Blocks) })]),
        ["seenFromOutside"] = command.Glimpsed,
        ["rewritten"] = Texts(command.Rewritten.Select(table => table.ToString())),
        ["indexed"] = Texts(command.Indexed.Select(table => table.ToString())),
        ["compared"] = new JsonArray([.. command.Compared.Select(each => new JsonObject { ["verdict"] = each.Verdict.ToString(), ["table"] = each.Table?.ToString(), ["sentence"] = each.Sentence, ["worse"] = each.IsWorse })]),
        ["forecastMilliseconds"] = Milliseconds(forecast.Time),
        ["forecastRows"] = forecast.Rows,
        ["measuredRows"] = forecast.Measured,
        ["forecastBasis"] = forecast.Basis,
    };

    private static double? Milliseconds(TimeSpan? time) => time is { } known ? Math.Round(known.TotalMilliseconds, 1) : null;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
