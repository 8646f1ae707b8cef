using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class PreferRobustDdlRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "What was half applied cannot be run again";
    public override string Condition => "A statement that somebody wrote creates or drops something outside a transaction, beside other changes, without IF NOT EXISTS or IF EXISTS.";
    public override string Effect => "What ran before a failure stays. The next run fails at once on what exists, or is gone, already.";
    public override string Workaround => "Write IF EXISTS and IF NOT EXISTS; before a concurrent build, drop the index by name.";
    public override bool OnRequest => true;
    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change.InTransaction || !situation.Change.IsWrittenSql || !IsBare(situation)
            || situation.Migration.Changes.Count(change => change is not (SetSetting or TransactionControl)) < 2)
        {
            yield break;
        }
        var (what, words) = situation.Change switch
        {
            CreateTable create => ($"CREATE TABLE {create.Table}", "IF NOT EXISTS"),
            AddColumn add => ($"ADD COLUMN {add.Column.Name} on {add.Table}", "IF NOT EXISTS"),
            CreateIndex create => ($"CREATE INDEX {create.Index.Name} on {create.Table}", $"DROP INDEX IF EXISTS {create.Index.Name} before it"),
            DropIndex drop => ($"DROP INDEX {drop.Name}", "IF EXISTS"),
            DropColumn drop => ($"DROP COLUMN {drop.Name} of {drop.Table}", "IF EXISTS"),
            var other => ($"DROP TABLE {other.Target}", "IF EXISTS"),
        };
        yield return Find(
            situation,
            Severity.Safe,
            $"{what} runs outside a transaction and cannot run twice: when a later statement of {situation.Migration.Spoken} fails, the next run fails here.",
            "what runs outside a transaction stays when a later statement fails",
            Cure.Text($"Write {words}"));
    }

    private static bool IsBare(Situation situation) => situation.Change switch
    {
        CreateTable { IfNotExists: false } or AddColumn { IfNotExists: false } or DropIndex { IfExists: false } or DropColumn { IfExists: false } or DropTable { IfExists: false } => true,
        CreateIndex { IfNotExists: false } create => !situation.Earlier.Any(earlier => earlier.Change is DropIndex { IfExists: true } drop && drop.Name == create.Index.Name),
        _ => false,
    };
}
