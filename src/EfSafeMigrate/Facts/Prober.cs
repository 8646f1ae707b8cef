using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Sessions;

namespace EfSafeMigrate.Facts;

/// <summary>Asks the database whether its data stands in the way of a change set. Reads only, each question for a limited time.</summary>
internal sealed class Prober(Query query, Engine engine, TimeSpan limit)
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(5);

    private const int SampleSize = 3;

    private const int ListedSample = 20;
    private const int KeyLength = 40;

    /// <summary>Told before each question, with how many were asked and how many there are.</summary>
    public Action<Question, int, int>? Asking { get; init; }

    /// <param name="changes">What is not applied yet.</param>
    public async Task<IReadOnlyList<Probe>> AskAsync(ChangeSet changes, FactSheet facts, CancellationToken cancellation)
    {
        var questions = Questions.Of(changes, engine, facts);
        var answers = new List<Probe>();
        foreach (var question in questions)
        {
            Asking?.Invoke(question, answers.Count, questions.Count);
            answers.Add(await AnswerAsync(question, facts, cancellation));
        }
        return answers;
    }

    private async Task<Probe> AnswerAsync(Question question, FactSheet facts, CancellationToken cancellation)
    {
        var answer = new Probe(question.Kind, question.Table, question.Columns, null, [], null);
        if (question.Ask is not { } ask)
        {
            return answer with { Unanswered = question.Why };
        }
        try
        {
            return await query.AskAsync(engine, ask, limit, cancellation) is not { } rows ? answer with { Unanswered = Stopped } : answer with
            {
                Found = rows.Count,
                AtLeast = rows.Count >= Probes.Most,
                Sample = [.. rows.Take(Probe.IsListed(question.Kind) ? ListedSample : SampleSize).Select(row => row[0]).OfType<string>().Select(Shortened)],
                Checked = question.Whole && rows.Count == 0 ? Rows(facts, question.Table) : null,
            };
        }
        catch (QueryFailure failure) when (ask is { Trial: true, Culprits: { } culprits } && engine.Probes.End(failure.SqlState) == ProbeEnd.BadData)
        {
            var named = await AnswerAsync(question with { Ask = culprits }, facts, cancellation);
            // That one fails is known, whether or not it was found in time.
            return named.Unanswered is null && named.Found > 0 ? named : Ended(answer, ask, failure);
        }
        catch (QueryFailure failure)
        {
            return Ended(answer, ask, failure);
        }
    }

    private string Stopped => string.Create(CultureInfo.InvariantCulture, $"stopped after {limit.TotalSeconds:0.###} s");

    private Probe Ended(Probe answer, Ask ask, QueryFailure failure) => engine.Probes.End(failure.SqlState) switch
    {
        // A trial stops at the first value that does not convert.
        ProbeEnd.BadData when ask.Trial => answer with { Found = 1, AtLeast = true },
        // The message quotes the value, which belongs to nobody's report.
        ProbeEnd.BadData => answer with { Unanswered = "the condition fails for a value" },
        ProbeEnd.Stopped => answer with { Unanswered = Stopped },
        ProbeEnd.Locked => answer with { Unanswered = "somebody holds a lock that readers wait for" },
        _ => answer with { Unanswered = failure.Sentence },
    };

    /// <summary>Rows of the statistics, as everywhere in a report; nothing is said of an empty estimate that may be wrong.</summary>
    private static long? Rows(FactSheet facts, TableName table) =>
        facts.Of(table).Rows is { Basis: FactBasis.Measured, Value: > 0 and var rows } ? rows : null;

    private static string Shortened(string key) => key.Length <= KeyLength ? key : $"{key[..(KeyLength - 1)]}…";
}
