using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class IndexInvalidLeftoverRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A second attempt takes a broken index for a finished one";
    public override string Condition => "An index is created with CONCURRENTLY IF NOT EXISTS.";
    public override string Effect =>
        "A concurrent build that is stopped leaves an INVALID index of that name, which no query uses and every write maintains. IF NOT EXISTS is content with it: the next attempt builds nothing and reports success.";
    public override string Workaround => "Drop the index by name first, with IF EXISTS, and create it without IF NOT EXISTS.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateIndex { Concurrently: true, IfNotExists: true } create || situation.Impact.Refused is not null
            || situation.Earlier.Any(earlier => earlier.Change is DropIndex drop && drop.Name == create.Index.Name))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{create.Index.Name} on {create.Table} is created IF NOT EXISTS: when an earlier build was stopped, its INVALID index stays and counts as done.",
            Evidence.Join("a stopped concurrent build leaves an INVALID index", Evidence.Of(situation.Impact.Basis)),
            Outside.Cure(situation) ?? Cure.Text($"Drop {create.Index.Name} IF EXISTS before it is built, and leave IF NOT EXISTS out"));
    }
}
