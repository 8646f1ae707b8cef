using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class BanCharRule : TypeAdviceRule
{
    public override string Title => "Text is filled up with spaces";
    public override string Condition => "A column is given a type that pads text to its full length.";
    public override string Effect => "Every value takes the full length on disk, trailing spaces get lost in comparisons and appear in results, and no operation is faster for it.";
    public override string Workaround => "Take text, with a CHECK of the length where all values have the same.";

    protected override TypeAdvice? Advice(DesignForms forms) => forms.PaddedText;
}
