using EfSafeMigrate.Changes;
using Humanizer;

namespace EfSafeMigrate.Rules;

internal sealed class ChangeRefusedRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "The engine refuses the change";
    public override string Condition => "A change needs a statement that this engine or version does not have, or something in the schema or the transaction stands against it.";
    public override string Effect => "The migration fails on every server, with or without rows. What it committed before the change stays.";
    public override string Workaround => "Take away what stands against the change, or write it in a form the engine accepts.";
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        // That another edition of the server would take it, that a name is taken and the like is told by a rule of its own.
        if (situation.Impact.Refused is not { } reason || situation.Impact.NeedsEdition is not null || TakenName.Is(situation.Change, situation.Before, situation.Engine)
            || SqliteUnsupportedAlterRule.Speaks(situation) || EnumValues.IsRefused(situation))
        {
            yield break;
        }
        var statement = situation.Change is OtherStatement other ? other.Verb : situation.Change.GetType().Name.Humanize(LetterCasing.AllCaps);
        var on = situation.Change.Target is not { } table ? "" : statement.EndsWith("TABLE", StringComparison.Ordinal) ? $" {table}" : $" on {table}";
        yield return Find(
            situation,
            Severity.Dangerous,
            $"{statement}{on} fails in {situation.Migration.Spoken}, whatever the data. {reason.Replace("`", "", StringComparison.Ordinal)}",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text(Acceptable.Of(situation) ?? $"Write the change in a form {situation.Engine.Name} accepts, and run it on a copy of the database before it ships"));
    }
}
