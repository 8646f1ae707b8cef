using System.Globalization;
using System.Text.Json.Nodes;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Updates.Histories;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>The history of a table or a column, for people and for programs.</summary>
internal sealed class HistoryReport(History history, IAnsiConsole console)
{
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    public void Write()
    {
        Line();
        Wrapped($"{history.Project} · {history.Context} · {history.Trail.Subject}", 2, Strong);
        Wrapped(string.Join(" · ", Head()), 2);
        if (history.Silent is { } silent)
        {
            Wrapped(silent, 2);
        }
        if (history is { LacksJournal: true, Target: not null })
        {
            Wrapped("The database has no journal: it knows which migrations it has, and not since when.", 2);
        }
        foreach (var step in history.Trail.Steps)
        {
            Line();
            Write(step);
        }
    }

    private IEnumerable<string> Head()
    {
        var count = history.Trail.Steps.Count(step => !step.Migration.IsPendingModel);
        yield return count == 0 ? "no migration touched it" : $"{"migration".ToQuantity(count)} touched it";
        if (history.Target is { } target)
        {
            yield return $"database: {target}";
        }
    }

    private void Write(TrailStep step)
    {
        Wrapped(step.Migration.Id, 2, Strong);
        if (step.Then != history.Trail.Subject)
        {
            Wrapped($"as {step.Then}, its name then", 4, Quiet);
        }
        foreach (var what in Told(step))
        {
            Wrapped(what, 4);
        }
        foreach (var who in Whereabouts(step))
        {
            Wrapped(who, 4, Quiet);
        }
    }

    /// <summary>What it did, in the words of a review; what is said of several changes alike is said once.</summary>
    private static IEnumerable<string> Told(TrailStep step) => step.Changes.Select(Phrase.What).Distinct();

    private IEnumerable<string> Whereabouts(TrailStep step)
    {
        if (step.Migration.IsPendingModel)
        {
            yield break;
        }
        if (step.Migration.Phase is { } phase)
        {
            yield return $"the {phase.Phase.ToLowerInvariant()} of {phase.Plan}";
        }
        if (history.Origins is not null)
        {
            yield return Committed(step);
        }
        if (history.Arrivals.GetValueOrDefault(step.Migration.Id) is { } arrival)
        {
            yield return Sentence(arrival);
        }
    }

    private string Committed(TrailStep step) => history.OriginOf(step) switch
    {
        { IsEdge: true } => "committed before the history of this shallow clone begins",
        { } origin => $"committed {Day(origin.At)} by {origin.Author} ({origin.Commit[..Math.Min(8, origin.Commit.Length)]})",
        null => History.FileOf(step) is null ? "its source was not found" : "not committed yet",
    };

    private static string Sentence(Arrival arrival) => arrival.State switch
    {
        ArrivalState.Applied => $"applied {Moment(arrival.At)} by {arrival.By}",
        ArrivalState.Adopted => $"there already when the database was adopted, {Moment(arrival.At)}",
        ArrivalState.TimeUnknown => "applied, time unknown",
        ArrivalState.Undone => $"undone {Moment(arrival.At)} by {arrival.By}",
        ArrivalState.UndoneElsewhere => $"applied {Moment(arrival.At)} by {arrival.By}, and undone since by other means",
        _ => "not applied",
    };

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset? at) => at is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "";

    public static string Json(History history) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["project"] = history.Project,
        ["context"] = history.Context,
        ["schema"] = history.Trail.Subject.Table.Schema,
        ["table"] = history.Trail.Subject.Table.Name,
        ["column"] = history.Trail.Subject.Column,
        ["database"] = history.Target,
        ["journal"] = history.Target is null ? null : !history.LacksJournal,
        ["note"] = history.Silent,
        ["migrations"] = new JsonArray([.. history.Trail.Steps.Select(step => Json(history, step))]),
    }.ToJsonString();

    private static JsonObject Json(History history, TrailStep step) => new()
    {
        ["id"] = step.Migration.Id,
        ["pendingModel"] = step.Migration.IsPendingModel,
        ["calledThen"] = $"{step.Then}",
        ["plan"] = step.Migration.Phase?.Plan,
        ["phase"] = step.Migration.Phase?.Phase,
        ["file"] = History.FileOf(step),
        ["changes"] = new JsonArray([.. step.Changes.Select(Json)]),
        ["commit"] = history.OriginOf(step) is not { IsEdge: false } origin ? null : new JsonObject
        {
            ["id"] = origin.Commit, ["author"] = origin.Author, ["email"] = origin.Email, ["at"] = origin.At,
        },
        ["applied"] = history.Arrivals.GetValueOrDefault(step.Migration.Id) is not { } arrival ? null : new JsonObject
        {
            ["state"] = arrival.State.ToString(), ["at"] = arrival.At, ["by"] = arrival.By, ["run"] = arrival.Run, ["seconds"] = arrival.Seconds,
        },
    };

    private static JsonObject Json(Change change) => new()
    {
        ["text"] = Phrase.What(change),
        ["change"] = change.GetType().Name,
        ["table"] = change.Target?.ToString(),
        ["column"] = change.TargetColumn,
        ["line"] = change.Origin.Line,
    };

    private void Wrapped(string text, int indent, Style? style = null)
    {
        foreach (var line in Paragraph.Wrap(text, indent, hanging: 2))
        {
            Line(line, style);
        }
    }

    /// <summary>Names come from other people's databases and repositories.</summary>
    private void Line(string text = "", Style? style = null) => console.WriteLine(PlainText.Visible(text), style ?? Style.Plain);
}
