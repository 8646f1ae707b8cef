using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Scratches;
using Bogus;

namespace EfSafeMigrate.Updates.Seeds;

/// <summary>Makes up the rows of one table that is empty.</summary>
internal sealed class RowMaker
{
    private const int Attempts = 200;
    private const float NullShare = 0.1f;

    private readonly RowTable table;
    private readonly Faker faker;
    private readonly IReadOnlyList<ColumnValues> columns;
    private readonly IReadOnlyList<ParentRows> parents;
    private readonly IReadOnlyList<(UniqueKey Key, HashSet<string> Seen)> keys;
    private readonly HashSet<string> single;
    private readonly Dictionary<ParentRows, List<string?[]>> made = [];
    private readonly Dictionary<string, int> places;

    private RowMaker(RowTable table, Faker faker, IReadOnlyList<ColumnValues> columns, IReadOnlyList<ParentRows> parents, IReadOnlyList<UniqueKey> keys)
    {
        (this.table, this.faker, this.columns, this.parents) = (table, faker, columns, parents);
        this.keys = [.. keys.Select(key => (key, new HashSet<string>()))];
        var taken = parents.SelectMany(parent => parent.Columns).ToHashSet();
        single = [.. keys.Where(key => key.Columns.Count == 1 && !taken.Contains(key.Columns[0])).Select(key => key.Columns[0])];
        places = columns.Select((column, index) => (column.Column.Name, index)).ToDictionary(each => each.Name, each => each.index);
        Target = new(table.Name, [.. columns.Select(column => (column.Column.Name, column.Column.Type))]);
    }

    public RowTarget Target { get; }

    /// <exception cref="SafeMigrateException">A column has to have a value, and nobody knows one.</exception>
    public static RowMaker Of(RowTable table, SeedCatalogue catalogue, RowForms forms, IReadOnlyList<ParentRows> parents, int seed)
    {
        // The table's name in it: the rows of two tables are not alike.
        var faker = new Faker("en") { Random = new Randomizer(seed ^ Convert.ToInt32(Digest.Of(table.Name.ToString())[..7], 16)) };
        List<ColumnValues> columns = [];
        foreach (var column in table.Columns.Where(column => !column.Computed))
        {
            if (ColumnValues.Of(table.Name, column, catalogue, forms, faker) is { } values)
            {
                columns.Add(values);
            }
            else if (!column.Nullable && !column.Default)
            {
                throw new SafeMigrateException($"`{table.Name}.{column.Name}` needs a value of type {column.Type}, and none can be made up.", "put the rows in by hand, or give the column a default", ExitCode.StoppedSafely);
            }
        }
        return new(table, faker, columns, parents, [.. catalogue.Keys.Where(key => key.Table == table.Name && key.Columns.All(name => columns.Any(column => column.Column.Name == name)))]);
    }

    /// <exception cref="SafeMigrateException">There are not so many different rows.</exception>
    public void Check(long rows)
    {
        foreach (var (key, _) in keys)
        {
            if (Capacity(key) is { } most && most < rows)
            {
                throw new SafeMigrateException($"`{table.Name}` cannot have {rows} rows: {string.Join(", ", key.Columns)} is unique and has {most} values.", $"--rows {most}", ExitCode.StoppedSafely);
            }
        }
    }

    /// <param name="row">From 0 on.</param>
    public IReadOnlyList<string?> Next(long row)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var values = Make(row);
            var texts = keys.Select(key => string.Join('\0', key.Key.Columns.Select(name => values[places[name]]))).ToArray();
            if (keys.Select((key, index) => key.Key.Columns.Any(name => values[places[name]] is null) || !key.Seen.Contains(texts[index])).All(free => free))
            {
                for (var index = 0; index < keys.Count; index++)
                {
                    keys[index].Seen.Add(texts[index]);
                }
                Remember(values);
                return values;
            }
        }
        throw new SafeMigrateException(
            $"No {row + 1} different rows were found for `{table.Name}`: {string.Join("; ", keys.Select(key => string.Join(", ", key.Key.Columns)))} are unique.", "ask for fewer rows", ExitCode.StoppedSafely);
    }

    private string?[] Make(long row)
    {
        var values = columns.Select(column => Value(column, row)).ToArray();
        var set = new HashSet<string>();
        foreach (var parent in parents)
        {
            var options = Options(parent);
            var fitting = parent.Columns.Any(set.Contains)
                ? [.. options.Where(option => parent.Columns.Select((name, index) => !set.Contains(name) || values[places[name]] == option[index]).All(fits => fits))] : options;
            if (fitting.Count > 0 && (parent.Optional.Count == 0 || !faker.Random.Bool(NullShare)))
            {
                Set(values, parent, fitting[Choose(parent, fitting.Count, row)], set);
            }
            else if (parent.Optional.Count > 0)
            {
                parent.Optional.Where(name => !set.Contains(name)).ToList().ForEach(name => values[places[name]] = null);
            }
            else if (parent.IsSelf)
            {
                // The first of a tree that has to have a parent is its own.
                Set(values, parent, [.. parent.ParentColumns.Select(name => values[places[name]])], set);
            }
        }
        return values;
    }

    private string? Value(ColumnValues column, long row) =>
        column.Column.Identity || single.Contains(column.Column.Name) ? column.Unique(row)
        : column.Column.Nullable && !IsKey(column.Column.Name) && faker.Random.Bool(NullShare) ? null : column.Any();

    private bool IsKey(string name) => keys.Any(key => key.Key.Columns.Contains(name));

    private IReadOnlyList<IReadOnlyList<string?>> Options(ParentRows parent) => parent.IsSelf ? made.GetValueOrDefault(parent) ?? [] : parent.Values;

    /// <summary>Where a key is made of foreign keys alone, every combination comes once before any comes twice.</summary>
    private int Choose(ParentRows parent, int count, long row)
    {
        if (keys.FirstOrDefault(key => parent.Columns.All(key.Key.Columns.Contains) && OnlyParents(key.Key)).Key is not { } combined)
        {
            return faker.Random.Int(0, count - 1);
        }
        var place = row;
        foreach (var other in parents.Where(other => other.Columns.All(combined.Columns.Contains)).TakeWhile(other => other != parent))
        {
            place /= Math.Max(1, Options(other).Count);
        }
        return (int)(place % count);
    }

    private bool OnlyParents(UniqueKey key) => key.Columns.All(name => parents.Any(parent => parent.Columns.Contains(name) && parent.Columns.All(key.Columns.Contains)));

    private long? Capacity(UniqueKey key)
    {
        var optional = key.Columns.Any(name => table.Columns.First(column => column.Name == name).Nullable);
        if (optional)
        {
            return null;
        }
        if (OnlyParents(key))
        {
            return parents.Where(parent => !parent.IsSelf && parent.Columns.All(key.Columns.Contains)).Aggregate(1L, (all, parent) => Math.Min(int.MaxValue, all * parent.Values.Count));
        }
        return key.Columns.Count == 1 ? columns[places[key.Columns[0]]].Capacity : null;
    }

    private void Set(string?[] values, ParentRows parent, IReadOnlyList<string?> option, HashSet<string> set)
    {
        for (var index = 0; index < parent.Columns.Count; index++)
        {
            values[places[parent.Columns[index]]] = option[index];
            set.Add(parent.Columns[index]);
        }
    }

    private void Remember(string?[] values)
    {
        foreach (var self in parents.Where(parent => parent.IsSelf))
        {
            var list = made.TryGetValue(self, out var known) ? known : made[self] = [];
            if (list.Count < 10_000)
            {
                list.Add([.. self.ParentColumns.Select(name => values[places[name]])]);
            }
        }
    }
}
