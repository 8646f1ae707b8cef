using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class BadWaiverRule : Rule
{
    private const string Form = "-- safe-migrate: ignore RULE because REASON";
    private const string FormInCode = "// safe-migrate: ignore RULE because REASON";

    public override Category Category => Category.Hygiene;
    public override string Title => "A waiver that waives nothing";
    public override string Condition => "A comment that speaks to this tool gives no reason, names a rule that does not exist, stands above no statement, or is written in another form; or a waiver of the settings has expired.";
    public override string Effect => "Nobody can see later why the risk was taken, and the finding it was meant for counts as before.";
    public override string Workaround => $"Write `{Form}` on the line above the statement, in C# `{FormInCode}` above the operation.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is ExpiredWaiver { Waiver: { Expires: { } day } expired })
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"The waiver of {expired.Rule} expired on {day:yyyy-MM-dd} and waives nothing: what it accepted counts again.",
                "the settings and today's date, UTC",
                Cure.Text($"Mend what it accepted and take the entry out, or look again and give it another day")) with { Origin = expired.PlaceOf(situation.Change.Origin) };
        }
        foreach (var waiver in Heard(situation))
        {
            if (Fault(waiver) is { } fault)
            {
                var form = waiver.Home == WaiverHome.Code ? FormInCode : Form;
                yield return Find(situation, Severity.Dangerous, $"The comment {waiver.Text.TrimEnd('.')} waives nothing: {fault}.", "the comment itself", Cure.Text($"Write {form}, or take the comment out")) with
                {
                    Origin = waiver.PlaceOf(situation.Change.Origin),
                };
            }
        }
    }

    /// <summary>Those of the migration are heard at its first change.</summary>
    private static IEnumerable<Waiver> Heard(Situation situation) =>
        situation.Change.Waivers.Where(waiver => !situation.Earlier.Any(earlier => earlier.Change.Waivers.Contains(waiver)))
            .Concat(situation.Position == 0 ? situation.Migration.Waivers : []);

    private static string? Fault(Waiver waiver) =>
        waiver.Rule.Length == 0 ? "it is not understood"
        : !RuleBook.Rules.Any(rule => rule.Id == waiver.Rule) ? $"there is no rule {waiver.Rule}{(RuleBook.Nearest(waiver.Rule) is { } nearest ? $"; {nearest} is the nearest" : "")}"
        : waiver.Reason is null ? "it gives no reason"
        : !waiver.Stray ? null
        : waiver.Home == WaiverHome.Code ? "it stands above no operation; ignore-file waives for the whole migration"
        : "no statement stands beneath it";
}
