using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

/// <summary>Advice on the type a column is given.</summary>
internal abstract class TypeAdviceRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override bool SeesNewTables => true;
    public override bool OnRequest => true;

    protected abstract TypeAdvice? Advice(DesignForms forms);

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change.Target is not { } table || Advice(situation.Engine.Design) is not { } advice)
        {
            yield break;
        }
        var columns = DesignedColumns.Of(situation.Change).Where(advice.Applies).ToList();
        if (columns.Count == 0)
        {
            yield break;
        }
        var names = Say.List([.. columns.Select(column => $"{Say.Column(table, column.Name)} ({column.Type})")]);
        var subject = columns.Count == 1 ? names : $"Each of {names}";
        yield return Find(
            situation,
            Severity.Safe,
            $"{subject} {advice.Because}.",
            Evidence.Of(advice.Basis),
            Cure.Text($"Make {Say.List([.. columns.Select(column => column.Name)])} {advice.Instead}"));
    }
}
