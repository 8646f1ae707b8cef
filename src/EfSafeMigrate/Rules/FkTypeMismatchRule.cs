using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class FkTypeMismatchRule : Rule
{
    public override Category Category => Category.Incompatible;
    public override string Title => "A foreign key's column has another type than the key";
    public override string Condition => "A foreign key compares a column with one of another type.";
    public override string Effect => "A narrower column overflows long before the key does, and then its type has to change under a lock; each comparison converts. Some engines refuse the key.";
    public override string Workaround => "Give the column the type of the key it references.";

    public override bool SeesNewTables => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var columns = situation.Change switch
        {
            CreateTable create => create.Definition.Columns,
            AddColumn add => [add.Column],
            { Target: { } table } => situation.Before.Find(table)?.Columns ?? [],
            _ => [],
        };
        IReadOnlyList<ForeignKey> keys = situation.Change switch
        {
            AddForeignKey add => [add.ForeignKey],
            CreateTable create => create.Definition.ForeignKeys,
            AddColumn add => [.. add.Inline.OfType<AddForeignKey>().Select(inline => inline.ForeignKey)],
            _ => [],
        };
        foreach (var key in keys)
        {
            var principal = situation.Before.Find(key.Principal);
            var names = key.PrincipalColumns.Count > 0 ? key.PrincipalColumns : principal?.PrimaryKey?.Columns ?? [];
            foreach (var (name, referenced) in key.Columns.Zip(names))
            {
                if (columns.FirstOrDefault(column => column.Name == name) is { Type: { Length: > 0 } type } && principal?.Column(referenced) is { Type: { Length: > 0 } wanted }
                    && !TypeNames.AreAlike(type, wanted, situation.Engine))
                {
                    yield return Mismatch(situation, key, (name, type), (referenced, wanted));
                }
            }
        }
    }

    private Finding Mismatch(Situation situation, ForeignKey key, (string Name, string Type) column, (string Name, string Type) referenced) => Find(
        situation,
        Severity.Careful,
        $"{situation.Change.Target}.{column.Name} is {column.Type} and references {key.Principal}.{referenced.Name}, which is {referenced.Type}: values of {referenced.Name} that {column.Type} does not hold cannot be referenced.",
        "the types stand in the model and in the migration",
        Cure.Text($"Give {column.Name} the type {referenced.Type}")) with { Column = column.Name };
}
