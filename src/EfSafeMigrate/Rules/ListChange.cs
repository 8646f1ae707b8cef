using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

/// <summary>A column whose type lists its values gets another list that is not the old one with more at its end.</summary>
internal sealed record ListChange(AlterColumn Alter, ValueList Old, ValueList New)
{
    private const int Shown = 3;

    /// <summary>Null for every other change, and for a list that only grows at its end and takes no more bytes.</summary>
    public static ListChange? Of(Situation situation) =>
        situation.Change is AlterColumn { Old: { } before } alter
        && situation.Engine.ValuesOf(before.Type) is { } old && situation.Engine.ValuesOf(alter.New.Type) is { } now && old.Several == now.Several
        && new ListChange(alter, old, now) is { } change && (!change.Keeps || change.Grows) ? change : null;

    public IReadOnlyList<string> Removed => [.. Old.Values.Except(New.Values)];

    public IReadOnlyList<string> Added => [.. New.Values.Except(Old.Values)];

    /// <summary>Every old value has the number it had.</summary>
    public bool Keeps => New.Values.Take(Old.Values.Count).SequenceEqual(Old.Values);

    public bool Grows => New.Bytes > Old.Bytes;

    public string Kind => Old.Several ? "SET" : "ENUM";

    /// <summary>The old list with what is new at its end.</summary>
    public string Appended => $"{Kind}({string.Join(", ", Old.Values.Concat(Added).Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"))})";

    public static string Named(IReadOnlyList<string> values) =>
        Say.List([.. values.Take(Shown).Select(value => $"'{value}'"), .. values.Count > Shown ? [$"{values.Count - Shown} more"] : Array.Empty<string>()]);

    /// <summary>The copy as a clause.</summary>
    public static string Copy(Situation situation) =>
        !situation.Impact.Lasting ? "no row is written anew"
        : situation.Impact.Blocks == Blocks.Nothing ? $"every row of {Sized(situation)} is written anew while traffic goes on"
        : $"every row of {Sized(situation)} is copied, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}";

    public static Severity OfCopy(Situation situation) => situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful;

    public static Probe? Answer(Situation situation) => situation.Probe(ProbeKind.DoNotFit, situation.Change.TargetColumn!);

    /// <summary>What becomes of the rows that hold a value which goes.</summary>
    public string Lost(Situation situation, Probe? answer) =>
        situation.Impact.FailsIf.HasFlag(FailsIf.ValuesDoNotFit)
            ? Probed.Of(situation, answer, "values that go", $"one row with {Named(Removed)} makes it fail")
            : $"rows with {Named(Removed)} are left without it and without a word, for sql_mode is not strict";

    private static string Sized(Situation situation) => Say.Sized(situation.Change.Target!, situation.Table);
}
