using EfSafeMigrate.Changes;
using Humanizer;

namespace EfSafeMigrate.Rules;

internal sealed class NotAllowedInTransactionRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A statement stands in a transaction that cannot hold it";
    public override string Condition => "VACUUM, CREATE DATABASE, ALTER SYSTEM and the like run inside a transaction, or a setting that is ignored there, such as PRAGMA foreign_keys on SQLite.";
    public override string Effect => "The engine refuses the statement and the migration fails on every server; a setting is read and forgotten, and the migration goes on without it.";
    public override string Workaround => "Give the statement suppressTransaction: true, in a migration that holds nothing else.";
    public override bool ExplainsRefusal => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var ignored = situation.Change.InTransaction && !situation.Change.Origin.Emitted ? situation.Engine.IgnoredInTransaction(situation.Change) : null;
        if (ignored is null && (situation.Impact.Refused is null || Outside.Concurrent(situation.Change) is not null || !Outside.Passes(situation)
            || EnumValues.IsRefused(situation) || TakenName.Is(situation.Change, situation.Before, situation.Engine)))
        {
            yield break;
        }
        var statement = situation.Change switch
        {
            Vacuum { Full: true } => "VACUUM FULL",
            OtherStatement other => other.Verb,
            var other => other.GetType().Name.Humanize(LetterCasing.AllCaps),
        };
        var on = situation.Change.Target is { } table ? $" of {table}" : "";
        yield return Find(
            situation,
            Severity.Dangerous,
            ignored is null
                ? $"{statement}{on} fails in {situation.Migration.Spoken}, whatever the data: it cannot run inside a transaction."
                : $"{statement} has no effect in {situation.Migration.Spoken}: inside a transaction it is read and forgotten, and {ignored}.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text("Give it suppressTransaction: true, in a migration that holds nothing else"));
    }
}
