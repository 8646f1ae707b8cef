using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class PreferTimestamptzRule : TypeAdviceRule
{
    public override string Title => "A point in time without an offset";
    public override string Condition => "A column is given a timestamp type without a time zone.";
    public override string Effect => "What is stored is the reading of a clock nobody names: the same value means different moments to sessions in different zones, and one hour a year exists twice.";
    public override string Workaround => "Take the type with time zone: it stores the moment and shows it in the session's zone. Npgsql maps DateTime of kind UTC and DateTimeOffset to it.";

    protected override TypeAdvice? Advice(DesignForms forms) => forms.LocalTime;
}
