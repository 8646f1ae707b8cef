using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class PreferTextRule : TypeAdviceRule
{
    public override string Title => "Text has its limit in the type";
    public override string Condition => "A column is given a text type with a length.";
    public override string Effect => "The limit is part of the type, so that a smaller one later rewrites the table under a lock that stops everybody.";
    public override string Workaround => "Take text; where a limit matters, a CHECK holds it, which is added and exchanged while traffic goes on.";

    protected override TypeAdvice? Advice(DesignForms forms) => forms.LimitedText;
}
