using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class UnusedSuppressionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A waiver of what no rule says";
    public override string Condition => "A comment, or an entry of `waivers` in .config/safe-migrate.json, waives a rule that finds nothing there.";
    public override string Effect => "It accepts what comes later and nobody has looked at.";
    public override string Workaround => "Take it out. An entry of the settings is unused when every migration that it speaks of is under review.";
    public override bool SeesNewTables => true;
    public override bool SpeaksOfSurroundings => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is UnusedWaiver { Waiver: var waiver })
        {
            yield return Find(
                situation,
                Severity.Careful,
                $"{waiver.Rule} is waived here and says nothing.",
                "every rule was asked",
                Cure.Text(waiver.Home == WaiverHome.Settings ? "Take the entry out of waivers" : "Take the comment out")) with { Origin = waiver.PlaceOf(situation.Change.Origin) };
        }
    }
}
