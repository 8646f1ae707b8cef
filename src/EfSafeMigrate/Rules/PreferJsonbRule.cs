using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class PreferJsonbRule : Rule
{
    public override Category Category => Category.Hygiene;
    public override string Title => "A column of documents cannot be compared";
    public override string Condition => "A column of the type json is added or created, on an engine that has one that can be compared.";
    public override string Effect => "The type has no equality: DISTINCT, GROUP BY and UNION over the column fail, and so does a query EF writes with them. It cannot be indexed either.";
    public override string Workaround => "Take jsonb, unless the text has to come back exactly as it was written.";

    public override bool SeesNewTables => true;
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Engine.Documents is not var (plain, comparable))
        {
            return [];
        }
        IReadOnlyList<Column> columns = situation.Change switch
        {
            AddColumn add => [add.Column],
            CreateTable create => create.Definition.Columns,
            _ => [],
        };
        return columns.Where(column => column.Type.Trim().Equals(plain, StringComparison.OrdinalIgnoreCase)).Select(column => Find(
            situation,
            Severity.Safe,
            $"{situation.Change.Target}.{column.Name} is {plain}, which has no equality: DISTINCT, GROUP BY and UNION over it fail.",
            $"{situation.Engine.Name} has no equality operator for {plain}",
            Cure.Text($"Give {column.Name} the type {comparable}, unless its text has to come back as it was written")) with { Column = column.Name });
    }
}
