using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Rules;

internal sealed class UniqueDataDependentRule : Rule
{
    public override Category Category => Category.DataDependent;
    public override string Title => "Existing rows must not hold a value twice";
    public override string Condition => "A unique index, unique constraint or primary key is added over columns that no existing key makes unique already.";
    public override string Effect =>
        "Two equal rows fail the migration, on the server that has them and on no other. The running release fails as soon as it inserts a second one.";
    public override string Workaround => "Look for duplicates beforehand, and merge or correct them. Deploy a release that writes none and whose model has the key already, with its operation left out of the migration; add the key by SQL in a later one.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        var unique = situation.Change switch
        {
            CreateIndex { Index.Unique: true } create => (create.Index.Name, create.Index.Columns),
            AddUniqueConstraint { Index: null } add => (add.Key.Name, add.Key.Columns),
            AddPrimaryKey { Index: null } add => (add.Key.Name, add.Key.Columns),
            _ => default((string? Name, IReadOnlyList<string> Columns)?),
        };
        if (unique is not var (name, columns) || situation.Change.Target is not { } table || (Added(situation, table, columns) is { Default: null } && !HoldsOneNull(situation)))
        {
            yield break;
        }
        var answer = situation.Probe(ProbeKind.Duplicates, columns);
        // A model can be ahead of the database; what was found there stands above it.
        if (answer is not { Found: > 0 } && IsUniqueAlready(situation, table, columns))
        {
            yield break;
        }
        var again = CanBeTriedAgain(situation);
        var sameForAll = Added(situation, table, columns) switch
        {
            { Default: { Constant: true } given } => given.Sql,
            { Default: null } => "NULL",
            _ => null,
        };
        var clause = sameForAll is not null && situation.Table.Rows.Value is not (0 or 1)
            ? $"it fails with two rows in {table}, for {columns[0]} was just added with {sameForAll} in all of them"
            : Probed.Of(situation, answer, "duplicates", again ? "two equal rows make it fail (nobody waits, and its next run starts afresh)" : "two equal rows make it fail");
        var fails = answer is { Found: > 0 } || sameForAll is not null;
        var safe = Probed.Holds(answer) || situation.Table.Rows.Value is 0 or 1 || (again && !fails);
        yield return Find(
            situation,
            safe ? Severity.Careful : Severity.Dangerous,
            $"{name ?? "The key"} makes {Say.Columns(table, columns)} unique in {Say.Sized(table, situation.Table)}: {clause}, and the running release fails when it writes a second one.",
            Evidence.Join(Asked.Of(answer), Evidence.Of(situation.Impact.Basis)),
            Cure.Text(sameForAll is not null
                ? situation.Engine.NullsAreEqual
                    ? $"Add {columns[0]} nullable and without a default, and make it unique by an index over the rows that have a value: WHERE {situation.Engine.Quote(columns[0])} IS NOT NULL"
                    : $"Add {columns[0]} nullable and without the default: NULLs are not equal"
                : $"Merge the duplicates of {Say.Columns(table, columns)} and deploy a release that writes none and whose model has {name ?? "the key"}, left out of the migration; add it by SQL in a later one")) with { Answer = answer };
    }

    /// <summary>
    /// Built without a lock, in a migration that holds nothing else but, where an attempt leaves something, its drop at the beginning.
    /// </summary>
    private static bool CanBeTriedAgain(Situation situation) =>
        (situation.Impact is { Blocks: Blocks.Nothing, Atomic: true } && situation.Migration.Changes.Count(change => change.Target is not null) == 1) || BeginsAfresh(situation);

    private static bool BeginsAfresh(Situation situation) =>
        situation is { Change: CreateIndex { Concurrently: true, InTransaction: false } create, Earlier: [{ Change: DropIndex { IfExists: true } drop }] }
        && drop.Name == create.Index.Name && situation.Migration.Changes.Count == 2;

    /// <summary>Fewer columns that are unique keep more columns unique; a key that this migration drops proves it as well, under whatever names it had.</summary>
    private static bool IsUniqueAlready(Situation situation, TableName table, IReadOnlyList<string> columns)
    {
        if (IsUnique(situation.Before.Find(table), columns))
        {
            return true;
        }
        foreach (var earlier in situation.Earlier.Reverse())
        {
            switch (earlier.Change)
            {
                case RenameTable rename when rename.NewName.Matches(table):
                    table = rename.Table;
                    break;
                case RenameColumn rename when rename.Table.Matches(table):
                    columns = [.. columns.Select(column => column == rename.NewName ? rename.Name : column)];
                    break;
                default:
                    break;
            }
            if (IsUnique(earlier.Before.Find(table), columns))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsUnique(Table? table, IReadOnlyList<string> columns) =>
        table is not null && Keys(table).Any(key => key.Count > 0 && key.All(columns.Contains));

    private static IEnumerable<IReadOnlyList<string>> Keys(Table table) =>
    [
        .. table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Select(key => key.Columns),
        .. table.Indexes.Where(index => index is { Unique: true, Filter: null }).Select(index => index.Columns),
    ];

    /// <summary>The engine takes two NULLs for equal, and the index has them all.</summary>
    private static bool HoldsOneNull(Situation situation) =>
        situation is { Engine.NullsAreEqual: true, Change: AddUniqueConstraint or CreateIndex { Index.Filter: null } };

    /// <summary>The only column of the key, when the change set has just added it: every row holds NULL, or the default.</summary>
    private static Column? Added(Situation situation, TableName table, IReadOnlyList<string> columns) =>
        columns is [var only] && situation.IsNew(table, only) && situation.Before.Find(table)?.Column(only) is { ComputedSql: null, Identity: false } column
            ? column
            : null;
}
