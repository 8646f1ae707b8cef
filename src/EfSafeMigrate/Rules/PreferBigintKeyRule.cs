using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class PreferBigintKeyRule : TypeAdviceRule
{
    public override string Title => "A numbered column that can run out of numbers";
    public override string Condition => "A column that the database numbers is given a type of four bytes or two.";
    public override string Effect => "The table stops taking rows at the last number, and rows that were deleted or rolled back have used up theirs. The way to a wider type then leads through a rewrite of the table and of every table that references it.";
    public override string Workaround => "Number rows with bigint from the start: four bytes a row are cheaper than the change.";

    protected override TypeAdvice? Advice(DesignForms forms) => forms.ShortCounter;
}
