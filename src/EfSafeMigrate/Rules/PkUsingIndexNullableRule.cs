using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class PkUsingIndexNullableRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A primary key adopts an index over columns that may be NULL";
    public override string Condition => "A primary key is added USING INDEX, and a column of the index is nullable and not proved to hold no NULL.";
    public override string Effect => "Adopting the index would take an instant. The column is made NOT NULL on the way, and for that every row is read while nobody reads or writes the table. One NULL fails it.";
    public override string Workaround => "Make the columns NOT NULL without a scan first, in earlier migrations.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AddPrimaryKey { Index: { } index } add || !situation.Impact.Lasting || !situation.StopsTraffic)
        {
            yield break;
        }
        var table = situation.Before.Find(add.Table);
        var columns = table?.Indexes.FirstOrDefault(each => each.Name == index)?.Columns ?? add.Key.Columns;
        var nullable = columns.Where(column => table?.Column(column) is { Nullable: true }).ToArray();
        var forms = nullable.Select(column => situation.Engine.Online.NotNull?.Invoke(add.Table, column, situation.State)).OfType<Cure>().ToArray();
        yield return Find(
            situation,
            Sizes.OfBlocking(situation),
            $"{add.Key.Name ?? "The primary key"} adopts {index}, but {Say.List(nullable)} may be NULL: every row of {Say.Sized(add.Table, situation.Table)} is read for it, which stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the scan")}, and one NULL makes it fail.",
            Evidence.Of(situation, "the scan"),
            new($"Make {Say.List(nullable)} NOT NULL in earlier migrations, without a scan under the lock, then let the key adopt {index}",
                [.. forms.SelectMany(form => form.Migrations)]));
    }
}
