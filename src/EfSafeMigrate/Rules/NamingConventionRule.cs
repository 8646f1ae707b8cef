using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class NamingConventionRule : Rule
{
    private static readonly (string Kind, int Enough)[] Kinds = [(GivenNames.Table, 3), (GivenNames.Column, 10)];

    public override Category Category => Category.Hygiene;
    public override string Title => "A name is written otherwise than the names beside it";
    public override string Condition =>
        "A table or column gets a name that is not snake_case, PascalCase or camelCase where nine of ten tables or columns that are there already are. The schema is the convention; nothing has to be configured.";
    public override string Effect => "Whoever writes SQL by hand has to remember which names need quotes and which spelling this one has.";
    public override string Workaround => "Write the name as the others are written, in EF with ToTable or HasColumnName, or with a naming convention for the whole model.";
    public override bool SeesNewTables => true;
    public override bool OnRequest => true;

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var odd = new List<string>();
        var habits = new List<string>();
        foreach (var (kind, enough) in Kinds)
        {
            var names = NameStyle.Names(situation.Migration.Source, kind);
            var styles = NameStyle.Of(names, enough);
            var given = GivenNames.Of(situation.Change).Where(each => each.Kind == kind && styles.Count > 0 && !styles.Any(style => style.Form.IsMatch(each.Name))).ToList();
            odd.AddRange(given.Select(each => each.Name));
            if (given.Count > 0)
            {
                habits.Add($"the {kind}s before it are {string.Join(" or ", styles.Select(style => style.Name))}");
            }
        }
        if (odd.Count == 0)
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Safe,
            $"{Say.List(odd)}{(situation.Change is CreateTable or RenameTable ? "" : $" in {situation.Change.Target}")} {(odd.Count == 1 ? "is" : "are")} written in another way: {Say.List(habits)}.",
            "the schema before the migration",
            Cure.Text($"Write {Say.List(odd)} as the names beside {(odd.Count == 1 ? "it" : "them")} are written"));
    }
}
