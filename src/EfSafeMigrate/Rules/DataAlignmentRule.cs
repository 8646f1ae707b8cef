using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DataAlignmentRule : Rule
{
    private const int Worth = 8;

    public override Category Category => Category.Hygiene;
    public override string Title => "The order of the columns leaves gaps in every row";
    public override string Condition => "A table is created whose columns, in another order, would save eight bytes or more in each row.";
    public override string Effect => "A value starts at a multiple of its width, so a narrow column in front of a wide one is followed by bytes that hold nothing: disk, memory and reads grow with them.";
    public override string Workaround => "Declare the widest columns first and those of any length last; in EF with HasColumnOrder.";
    public override bool SeesNewTables => true;
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not CreateTable { PartitionOf: null } create || situation.Engine.Design.Layout is not { } layout)
        {
            yield break;
        }
        var tightest = layout.Tightest(create.Definition.Columns);
        var saved = layout.Lost(create.Definition.Columns) - layout.Lost(tightest);
        if (saved < Worth)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{saved} bytes of each row of {create.Table} hold nothing, for its narrow columns stand in front of wide ones.",
            Evidence.Of(layout.Basis),
            Cure.Text($"Declare the columns in the order {string.Join(", ", tightest.Select(column => column.Name))}"));
    }
}
