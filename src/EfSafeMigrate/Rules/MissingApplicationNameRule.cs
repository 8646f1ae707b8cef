using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MissingApplicationNameRule() : MissingSettingRule(SessionLimit.ApplicationName)
{
    public override string Title => "A script's session has no name";
    public override string Condition => "A text that is run as it stands takes a lock that stops others and does not name its session.";
    public override string Effect => "Whoever looks for what blocks the application finds a session without a name.";
    public override string Workaround => "Name the session at the beginning of the script.";
    protected override string Consequence => "whoever looks for what blocks the application finds a session without a name";
}
