using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

internal sealed class DropConstraintRule : Rule
{
    public override Category Category => Category.Irreversible;
    public override string Title => "A constraint is dropped";
    public override string Condition => "A CHECK or unique constraint that an earlier migration created is dropped, and nothing takes its place.";
    public override string Effect => "The rule is gone for every writer. Rows that break it come in, and then it cannot be added again. Readers that rely on it find them.";
    public override string Workaround => "Keep it while something relies on it; to replace it, add the new constraint before the old one goes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change.Target is not { } table || Dropped(situation, table) is not var (name, what, columns)
            || Relaxed.IsNew(situation, table, name) || Relaxed.IsMoot(situation, table, columns))
        {
            yield break;
        }
        yield return Find(
            situation,
            Severity.Careful,
            $"{name} is dropped: {what} of {table} any more, and rows that break it keep it from coming back.",
            Evidence.Of(situation.Impact.Basis),
            Cure.Text($"Leave it in place while something relies on it; to replace {name}, add the new constraint in a migration before"));
    }

    private static (string Name, string What, IReadOnlyList<string> Columns)? Dropped(Situation situation, TableName name)
    {
        var table = situation.Before.Find(name);
        switch (situation.Change)
        {
            case DropCheckConstraint drop:
                var sql = table?.Checks.FirstOrDefault(check => check.Name == drop.Name)?.Sql ?? "";
                var columns = table?.Columns.Where(column => sql.Mentions(column.Name)).ToArray() ?? [];
                // A CHECK that proved NOT NULL has done its work once the column is.
                var proved = columns is [{ Nullable: false }] && sql.Contains("IS NOT NULL", StringComparison.OrdinalIgnoreCase);
                var again = Relaxed.Later<AddCheckConstraint>(situation, name).Any(add => add.Check.Name == drop.Name || columns.Any(column => add.Check.Sql.Mentions(column.Name)));
                return proved || again ? null : (drop.Name, sql.Length == 0 ? "nothing checks the rows" : $"nothing checks {sql} in the rows", [.. columns.Select(column => column.Name)]);
            case DropUniqueConstraint drop:
                var key = table?.UniqueConstraints.FirstOrDefault(unique => unique.Name == drop.Name)?.Columns ?? [];
                return key.Count > 0 && StaysUnique(situation, name, table!, drop.Name, key) ? null : (drop.Name, $"nothing keeps {(key.Count == 0 ? "the values" : Say.List(key))} apart in the rows", key);
            case Changes.DropConstraint drop:
                return Relaxed.Later<AddCheckConstraint>(situation, name).Any(add => add.Check.Name == drop.Name) || Relaxed.Later<AddUniqueConstraint>(situation, name).Any(add => add.Key.Name == drop.Name)
                    ? null : (drop.Name, "nothing holds its rule in the rows", []);
            default:
                return null;
        }
    }

    private static bool StaysUnique(Situation situation, TableName name, Table table, string dropped, IReadOnlyList<string> columns) =>
        table.UniqueConstraints.Where(key => key.Name != dropped).Append(table.PrimaryKey).OfType<Key>().Select(key => key.Columns)
            .Concat(table.Indexes.Where(index => index is { Unique: true, Filter: null }).Select(index => index.Columns))
            .Concat(Relaxed.Later<AddUniqueConstraint>(situation, name).Select(add => add.Key.Columns))
            .Concat(Relaxed.Later<AddPrimaryKey>(situation, name).Select(add => add.Key.Columns))
            .Concat(Relaxed.Later<CreateIndex>(situation, name).Where(create => create.Index is { Unique: true, Filter: null }).Select(create => create.Index.Columns))
            .Any(unique => unique.Count > 0 && unique.All(columns.Contains));
}
