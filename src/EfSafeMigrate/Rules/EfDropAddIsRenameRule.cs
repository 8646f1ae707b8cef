using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class EfDropAddIsRenameRule : Rule
{
    private const double SameTable = 0.6;

    public override Category Category => Category.Destructive;
    public override string Title => "A drop beside an add looks like a rename";
    public override string Condition =>
        "A migration drops a column and adds one with a like name to the same table, or drops a table and creates one with mostly the same columns, and copies nothing.";
    public override string Effect =>
        "EF sees a rename only when nothing else changes. With another type, nullability or length it drops and adds, and the values are gone.";
    public override string Workaround => "When it is the same data, rename first and change the rest in a second step, or copy the values before the drop.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var finding = situation.Change switch
        {
            DropColumn { Decided: false } drop when !situation.IsNew(drop.Table, drop.Name) => Column(situation, drop),
            DropTable drop when !TableCopy.Replaces(situation, drop.Table) && !CreateTableDropsExistingRule.Speaks(situation) => Table(situation, drop),
            _ => null,
        };
        return finding is null ? [] : [finding];
    }

    private Finding? Column(Situation situation, DropColumn drop)
    {
        var old = situation.Before.Find(drop.Table)?.Column(drop.Name);
        var here = situation.Migration.Changes.OfType<TableChange>().Where(change => change.Table.Matches(drop.Table)).ToList();
        var added = here.OfType<AddColumn>()
            .Where(add => old?.ComputedSql is null && add.Column.ComputedSql is null)
            .Where(add => !here.OfType<UpdateRows>().Any(update => update.Columns.Contains(add.Column.Name)))
            .Select(add => new RenamePair(drop.Name, add.Column.Name))
            .Where(pair => pair.Likeness > 0)
            .MaxBy(pair => pair.Likeness);
        if (added is null)
        {
            return null;
        }
        var retyped = added.Old == added.New;
        return Find(
            situation,
            Severity.Dangerous,
            retyped
                ? $"{drop.Table}.{drop.Name} is dropped and added again under the same name: its values in {Say.OfRows(situation.Table)} are lost."
                : $"{drop.Table}.{drop.Name} is dropped and {added.New} is added beside it: if {added.New} is {drop.Name} under a new name, its values in {Say.OfRows(situation.Table)} are lost.",
            "EF renames a column only when type, nullability and length stay as they are · EF Core 8–10",
            Cure.Text(retyped
                ? $"If it is the same data, add it under another name, keep both equal with a trigger, fill it in batches, and map the property to that; once no release reads {drop.Name}, {Retired.Advice(drop.Name)}"
                : drop.IsWrittenSql
                    ? $"If it is the same data, keep the name with HasColumnName(\"{drop.Name}\"), or copy the values into {added.New} before the drop"
                    : $"If it is the same data, keep it: {Rewriting.Command(situation.Migration, Rewriting.Rename(drop.Table, added))}"));
    }

    private Finding? Table(Situation situation, DropTable drop)
    {
        if (situation.Before.Find(drop.Table) is not { Columns.Count: > 1 } old)
        {
            return null;
        }
        var changes = situation.Migration.Changes;
        var twin = changes.OfType<CreateTable>()
            .Where(create => Overlap(old, create.Definition) >= SameTable)
            .Where(create => !changes.OfType<InsertRows>().Any(insert => insert.Table.Matches(create.Table)))
            .MaxBy(create => Overlap(old, create.Definition));
        return twin is null ? null : Find(
            situation,
            Severity.Dangerous,
            $"{drop.Table} is dropped and {twin.Table} is created with mostly the same columns: if it is {drop.Table} under a new name, the data of {Say.OfRows(situation.Table)} is lost.",
            "EF renames a table only when its entity or its table name stays · EF Core 8–10",
            Cure.Text($"If it is the same data, keep it with ToTable(\"{drop.Table.Name}\") and alter the rest; if not, drop {drop.Table} by itself, in a later migration"));
    }

    private static double Overlap(Table old, Table created)
    {
        var (before, after) = (old.Columns.Select(column => column.Name).ToHashSet(), created.Columns.Select(column => column.Name).ToHashSet());
        return (double)before.Intersect(after).Count() / before.Union(after).Count();
    }
}
