using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MissingStatementTimeoutRule() : MissingSettingRule(SessionLimit.Statement)
{
    public override string Title => "A script's statements may run for ever";
    public override string Condition => "A text that is run as it stands takes a lock that stops others and sets no statement timeout.";
    public override string Effect => "A statement that takes longer than foreseen keeps its locks until somebody ends it.";
    public override string Workaround => "Set a statement timeout above what the longest statement takes, and none for concurrent builds and VALIDATE.";
    protected override string Consequence => "a statement that takes longer than foreseen keeps its locks until somebody ends it";
}
