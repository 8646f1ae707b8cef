using EfSafeMigrate.Changes;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Updates.Proofs;

/// <summary>Goes through what two releases did with the same rows: whatever was written has to be read, under its own name and under the other release's.</summary>
internal sealed class Judgement(string? after, Release writer, Release reader, Twins twins, DatabaseModel schema)
{
    private readonly Dictionary<(string Row, string Table, string Column), (string? Text, Release? By)> rows = [];
    private readonly List<(ProofFailure Failure, string Cause)> failures = [];
    private readonly List<string> unproved = [];
    private int checks;

    /// <summary>With each failure what tells it from others of the same deed: an error code or a column.</summary>
    public IReadOnlyList<(ProofFailure Failure, string Cause)> Failures => failures;

    public int Checks => checks;

    public IReadOnlyList<string> Unproved => unproved;

    public void Leave(string sentence) => unproved.Add(sentence);

    public void Read(ProofResult result)
    {
        unproved.AddRange(result.Unproved);
        foreach (var step in result.Steps)
        {
            var by = step.By == ProofSide.Writer ? writer : reader;
            if (step is { Failure: not null, Deed: ProofDeed.Ask })
            {
                unproved.Add($"{step.Entity}.{step.Column} was not asked for: {Line(step.Failure, step.SqlState)}");
            }
            else if (step.Failure is { } reason)
            {
                Add(new(after, by, Spoken(step.Deed), step.Entity, Line(reason, step.SqlState)), step.SqlState ?? Line(reason, null));
            }
            else
            {
                checks++;
                Judge(step, by);
            }
        }
    }

    private void Judge(ProofStep step, Release by)
    {
        foreach (var value in step.Values)
        {
            switch (step.Deed)
            {
                case ProofDeed.Insert or ProofDeed.Update:
                    Write(step.Row, value, by);
                    Carry(step, value, by);
                    break;
                case ProofDeed.Read:
                    Compare(step, value, by);
                    break;
                case ProofDeed.Ask when !(rows.GetValueOrDefault((step.Row, value.Table, value.Column)).By is not null && twins.Of(value.Table, value.Column) is null):
                    Add(new(after, writer, "write", step.Entity, $"{value.Column} is not what the plan fills it with"), value.Column);
                    break;
            }
        }
    }

    private void Write(string row, ProofValue value, Release by)
    {
        var (place, twin) = ((row, value.Table, value.Column), twins.Of(value.Table, value.Column));
        var others = twins.Others(value.Table, value.Column);
        foreach (var other in others)
        {
            rows.Remove((row, value.Table, other));
        }
        if (value.Text is null && others.Count > 0)
        {
            // A row with nothing on the one side gets it from the other.
            rows.Remove(place);
            return;
        }
        if (value.Text is null && (twins.IsFilled(value.Table, value.Column) || IsGiven(value.Table, value.Column) || (twin is not null && IsGiven(value.Table, twin))))
        {
            // What stands there instead is for the trigger or the default to say.
            rows.Remove(place);
            if (twin is not null)
            {
                rows.Remove((row, value.Table, twin));
            }
            return;
        }
        rows[place] = (value.Text, by);
        if (twin is not null)
        {
            rows[(row, value.Table, twin)] = (value.Text, by);
        }
    }

    /// <summary>What is written here is the value of the linked row in another table; where nobody knows which row that is, or who fills it, it is for the next reader to say.</summary>
    private void Carry(ProofStep step, ProofValue value, Release by)
    {
        if (twins.TiedTo(value.Table, value.Column) is { } tied)
        {
            var link = tied.Own.Select(column => rows.GetValueOrDefault((step.Row, value.Table, column)).Text).ToList();
            if (value.Text is not null && !link.Contains(null) && Rows(tied.Table, tied.Key, link) is [var linked])
            {
                rows[(linked, tied.Table, tied.Column)] = (value.Text, by);
            }
            else
            {
                Forget(tied.Table, tied.Column);
            }
            foreach (var row in Rows(value.Table, tied.Own, link).Where(row => row != step.Row || value.Text is null))
            {
                rows.Remove((row, value.Table, value.Column));
            }
        }
        if (step.Deed == ProofDeed.Update)
        {
            foreach (var other in twins.LinkedBy(value.Table, value.Column))
            {
                Forget(other.Table, other.Column);
            }
        }
    }

    /// <summary>The rows of a table that hold these values.</summary>
    private List<string> Rows(string table, IReadOnlyList<string> columns, List<string?> values) =>
    [
        .. rows.Keys.Where(place => place.Table == table).Select(place => place.Row).Distinct()
            .Where(row => columns.Select(column => rows.GetValueOrDefault((row, table, column)).Text).SequenceEqual(values)),
    ];

    private void Forget(string table, string column)
    {
        foreach (var place in rows.Keys.Where(place => place.Table == table && place.Column == column).ToList())
        {
            rows.Remove(place);
        }
    }

    private void Compare(ProofStep step, ProofValue value, Release by)
    {
        var place = (step.Row, value.Table, value.Column);
        if (!rows.TryGetValue(place, out var known))
        {
            // Nobody has written it: what the one reads, the other has to read as well.
            rows[place] = (value.Text, null);
            if (step.By == ProofSide.Reader && twins.Of(value.Table, value.Column) is null && !twins.IsFilled(value.Table, value.Column)
                && schema.Find(TableOf(value.Table))?.Column(value.Column) is { ComputedSql: null, Identity: false } column && DefaultText.Of(column.Default) is { } given)
            {
                checks++;
                if (value.Text != given)
                {
                    Add(Misread(step, value, by, $"which {ProofFailure.Named(writer)} does not know, and its default is {Shown(given)}"), value.Column);
                }
            }
            return;
        }
        checks++;
        if (known.Text != value.Text)
        {
            Add(Misread(step, value, by, $"and {(known.By is { } wrote ? $"{ProofFailure.Named(wrote)} wrote" : "it was")} {Shown(known.Text)}"), value.Column);
            rows[place] = (value.Text, null);
        }
    }

    private ProofFailure Misread(ProofStep step, ProofValue value, Release by, string instead) =>
        new(after, by, "read", step.Entity, $"{value.Column} is {Shown(value.Text)}, {instead}");

    private void Add(ProofFailure failure, string cause)
    {
        // The rows of an entity fail for the same reason.
        if (!failures.Exists(each => each.Cause == cause && each.Failure.Release == failure.Release && each.Failure.Deed == failure.Deed && each.Failure.Entity == failure.Entity))
        {
            failures.Add((failure, cause));
        }
    }

    private bool IsGiven(string table, string column) => schema.Find(TableOf(table))?.Column(column)?.Default is not null;

    private static TableName TableOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is > 0 and var at ? new(name[..at], name[(at + 1)..]) : new(null, name);

    private static string Spoken(ProofDeed deed) => deed.ToString().ToLowerInvariant();

    private static string Shown(string? text) => text switch
    {
        null => "NULL",
        "" => "empty",
        { Length: > 24 } => $"`{text[..24]}…` ({text.Length} characters)",
        _ => $"`{text}`",
    };

    private static string Line(string message, string? sqlState)
    {
        var line = message.Split('\n')[0].Trim();
        return (sqlState is not null && line.StartsWith($"{sqlState}: ", StringComparison.Ordinal) ? line[(sqlState.Length + 2)..] : line).TrimEnd('.');
    }
}
