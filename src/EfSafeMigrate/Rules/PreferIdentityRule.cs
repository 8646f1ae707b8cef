using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class PreferIdentityRule : TypeAdviceRule
{
    public override string Title => "A column is numbered by serial";
    public override string Condition => "A column is declared with serial, or with nextval of a sequence as its default.";
    public override string Effect => "Rights on the table do not reach the sequence, a copied table goes on drawing from the original's, and nothing but a default stands between the numbers and an INSERT that sets its own.";
    public override string Workaround => "Declare the column as an identity; Npgsql does so unless it is told otherwise.";

    protected override TypeAdvice? Advice(DesignForms forms) => forms.Serial;
}
