using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Scaffolding.Tests;

/// <summary>Rows that a test writes before the migrations run, and what the migrations do to their names and values.</summary>
/// <param name="Sql">The statements.</param>
/// <param name="Tables">What each table is called in SQL, by the name in the catalogue.</param>
internal sealed record TestRows(string Sql, IReadOnlyList<(string Key, string Value)> Tables, IReadOnlyList<(string Key, string Value)> NewNames, IReadOnlyList<string> NotKept)
{
    private const int Count = 3;
    private const int WithNulls = 1;
    private const int WithEmpty = 2;

    public static readonly TestRows None = new("", [], [], []);

    public static TestRows Of(MigrationChanges changes, Decisions decisions, Engine engine)
    {
        var source = changes.Source;
        var touched = changes.Changes.Select(change => change.Target).OfType<TableName>().Select(source.Find).OfType<Table>().Where(table => table.Kind == TableKind.Table);
        List<Table> ordered = [];
        foreach (var table in touched)
        {
            Add(table, source, ordered, []);
        }
        string[] changed = [.. changes.Changes.Select(Retyped).OfType<string>()];
        var tables = ordered.Select(table => (table.Name, Sql: Insert(table, source, changed, engine))).ToArray();
        RenameTable[] renamed = [.. changes.Changes.OfType<RenameTable>().Concat(decisions.Tables).Distinct()];
        return new(
            string.Join('\n', tables.Select(table => table.Sql)),
            [.. ordered.Select(table => table.Name).Concat(renamed.Where(rename => ordered.Any(table => table.Name.Matches(rename.Table))).Select(rename => rename.NewName)).Distinct().Select(name => ($"{name}", engine.QuoteTable(name)))],
            [.. renamed.Select(rename => ($"{rename.Table}", $"{rename.NewName}")), .. Renamed(changes, decisions).Distinct()],
            [.. NotKeptOf(changes, decisions, renamed).Distinct()]);
    }

    private static IEnumerable<(string, string)> Renamed(MigrationChanges changes, Decisions decisions) =>
        changes.Changes.OfType<RenameColumn>().Where(rename => !IsSeparate(rename.Table, rename.Name, decisions)).Concat(decisions.Renames).Select(rename => ($"{rename.Table}.{rename.Name}", rename.NewName));

    private static IEnumerable<string> NotKeptOf(MigrationChanges changes, Decisions decisions, RenameTable[] renamed) => changes.Changes.SelectMany(change => change switch
    {
        DropTable drop when !renamed.Any(rename => rename.Table.Matches(drop.Table)) => [$"{drop.Table}"],
        DropColumn drop when !decisions.Renames.Any(rename => rename.Name == drop.Name && rename.Table.Matches(drop.Table)) => [$"{drop.Table}.{drop.Name}"],
        RenameColumn rename when IsSeparate(rename.Table, rename.Name, decisions) => [$"{rename.Table}.{rename.Name}"],
        AlterColumn { BecomesRequired: true } => [$"{change.Target}.{change.TargetColumn}"],
        AlterColumn { ChangesType: true } alter when !TestValues.IsAlike(alter.Old!.Type, alter.New.Type) => [$"{change.Target}.{change.TargetColumn}"],
        _ => Array.Empty<string>(),
    }).Concat(decisions.Usings.Select(given => $"{given.Table}.{given.Column}"));

    private static bool IsSeparate(TableName table, string column, Decisions decisions) => decisions.Separate.Any(each => each.Column == column && each.Table.Matches(table));

    /// <summary>Texts of it have to be numbers, which most other types take.</summary>
    private static string? Retyped(Change change) => change is AlterColumn { ChangesType: true } alter ? $"{alter.Table}.{alter.New.Name}" : null;

    /// <summary>What a table refers to stands before it.</summary>
    private static void Add(Table table, DatabaseModel model, List<Table> ordered, HashSet<TableName> above)
    {
        if (ordered.Contains(table) || !above.Add(table.Name))
        {
            return;
        }
        foreach (var principal in table.ForeignKeys.Select(key => model.Find(key.Principal)).OfType<Table>())
        {
            Add(principal, model, ordered, above);
        }
        ordered.Add(table);
    }

    private static string Insert(Table table, DatabaseModel model, string[] retyped, Engine engine)
    {
        var written = table.Columns.Where(column => column.ComputedSql is null && !engine.Tests.Made.Contains(column.Type, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (written.FirstOrDefault(column => !column.Nullable && column.Default is null && Value(table, column, 0, model, retyped, engine, []) is null) is { } unknown)
        {
            return $"-- {table.Name} has no rows: write some with a value of {unknown.Name}, of the type {unknown.Type}.";
        }
        written = [.. written.Where(column => Value(table, column, 0, model, retyped, engine, []) is not null)];
        var rows = Enumerable.Range(0, Count).Select(row => $"    ({string.Join(", ", written.Select(column => Written(table, column, row, model, retyped, engine)))})");
        return engine.Tests.Insert(engine.QuoteTable(table.Name), string.Join(", ", written.Select(column => engine.Quote(column.Name))), string.Join(",\n", rows), written.Any(column => column.Identity));
    }

    private static string Written(Table table, Column column, int row, DatabaseModel model, string[] retyped, Engine engine)
    {
        var (tied, unique) = (table.ForeignKeys.Any(key => key.Columns.Contains(column.Name)), IsUnique(table, column));
        return row == WithNulls && column.Nullable && !unique ? "NULL"
            : row == WithEmpty && !tied && !unique && TestValues.IsText(column.Type) && !IsRetyped(table, column, retyped) && !column.Type.Equals("char(36)", StringComparison.OrdinalIgnoreCase) ? "''"
            : Value(table, column, row, model, retyped, engine, [])!;
    }

    /// <summary>A column of a foreign key has the value of the same row there.</summary>
    private static string? Value(Table table, Column column, int row, DatabaseModel model, string[] retyped, Engine engine, HashSet<(TableName, string)> seen)
    {
        if (seen.Add((table.Name, column.Name)) && table.ForeignKeys.FirstOrDefault(key => key.Columns.Contains(column.Name)) is { } tied
            && model.Find(tied.Principal) is { } principal && principal.Column(tied.PrincipalColumns[tied.Columns.ToList().IndexOf(column.Name)]) is { } there)
        {
            return Value(principal, there, row, model, retyped, engine, seen);
        }
        var labels = model.Enums.FirstOrDefault(type => type.Name == column.Type.Split('.')[^1].Trim('"'))?.Values ?? engine.ValuesOf(column.Type)?.Values;
        return labels is { Count: > 0 } ? Literals.Quoted(labels[0])
            : IsRetyped(table, column, retyped) && TestValues.IsText(column.Type) ? $"'{row + 1}'"
            : TestValues.Of(column.Type, column.Name, row, engine.Tests);
    }

    private static bool IsRetyped(Table table, Column column, string[] retyped) => retyped.Contains($"{table.Name}.{column.Name}");

    private static bool IsUnique(Table table, Column column) =>
        table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Any(key => key.Columns.Contains(column.Name)) || table.Indexes.Any(index => index is Index { Unique: true } && index.Columns.Contains(column.Name));
}
