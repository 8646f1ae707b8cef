using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class BadWaiverRule : Rule
{
    private const string Form = "-- safe-migrate: ignore RULE because REASON";

    public override Category Category => Category.Hygiene;
    public override string Title => "A waiver that waives nothing";
    public override string Condition => "A comment that speaks to this tool gives no reason, names a rule that does not exist, stands above no statement, or is written in another form.";
    public override string Effect => "Nobody can see later why the risk was taken, and the finding it was meant for counts as before.";
    public override string Workaround => $"Write `{Form}` on the line above the statement.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        foreach (var waiver in situation.Change.Waivers.Where(waiver => !situation.Earlier.Any(earlier => earlier.Change.Waivers.Contains(waiver))))
        {
            if (Fault(waiver) is { } fault)
            {
                yield return Find(situation, Severity.Dangerous, $"The comment {waiver.Text.TrimEnd('.')} waives nothing: {fault}.", "the comment itself", Cure.Text($"Write {Form}, or take the comment out")) with
                {
                    Origin = situation.Change.Origin with { Line = waiver.Line ?? situation.Change.Origin.Line, Column = waiver.Line is null ? situation.Change.Origin.Column : null },
                };
            }
        }
    }

    private static string? Fault(Waiver waiver) =>
        waiver.Rule.Length == 0 ? "it is not understood"
        : !RuleBook.Rules.Any(rule => rule.Id == waiver.Rule) ? $"there is no rule {waiver.Rule}"
        : waiver.Reason is null ? "it gives no reason"
        : waiver.Stray ? "no statement stands beneath it"
        : null;
}
