using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Plans;

/// <summary>One expand/contract pattern.</summary>
internal abstract class Rewrite
{
    /// <summary>The pieces for one change, or null when the pattern does not handle it.</summary>
    public abstract IReadOnlyList<Piece>? Plan(Change change, PlanContext context);
}

/// <summary>What the patterns plan with.</summary>
/// <param name="Source">The schema before; tables that are renamed have their new names in it.</param>
/// <param name="Target">The schema after.</param>
internal sealed record PlanContext(string Name, Engine Engine, EngineVersion Version, DatabaseModel Source, DatabaseModel Target, Decisions Decisions)
{
    /// <summary>Every change between source and target, with renames as decided.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>The provider's commands for EF's own operations.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>What the provider makes of the operation behind a change; null when the change has none of its own.</summary>
    public string? ProviderSql(Change change) =>
        change.Origin.Operation < 0 ? null : Commands.SingleOrDefault(command => command.Operations is [var only] && only == change.Origin.Operation)?.Sql;

    public PhaseForms Forms => Engine.Phases!;

    /// <summary>No transaction holds the steps of a migration together: after each of them both releases go on.</summary>
    public bool CommitsEachStep => Engine.CommitsEachChange is not null;

    /// <summary>The old column is NULL while the new release inserts without it, and a trigger fills it before anybody can see that.</summary>
    public bool RelaxesOld(Column old) => Forms.WritesRowsTwice && old is { Nullable: false, Default: null };

    public ServerState Before => new(Version, Source);

    public bool IsNew(TableName table) => Source.Find(table) is null;

    /// <summary>What the table was called when it has another name now; <see cref="Source"/> knows it by the new one.</summary>
    public TableName? FormerName(TableName table) => Decisions.Tables.FirstOrDefault(rename => rename.NewName.Matches(table))?.Table;

    public Column? Old(TableName table, string column) => Source.Find(table)?.Column(column);

    public Column? New(TableName table, string column) => Target.Find(table)?.Column(column);

    /// <summary>Columns whose values are kept in others.</summary>
    public IReadOnlyList<ColumnGroup> Groups { get; init; } = [];

    public ColumnGroup? Group(TableName table, string column) => Groups.FirstOrDefault(group => group.Has(table, column));

    /// <summary>Its values live on under another name, or in other columns.</summary>
    public bool IsRenamedFrom(TableName table, string column) =>
        Changes.OfType<RenameColumn>().Any(rename => rename.Name == column && rename.Table.Matches(table)) || Group(table, column)?.Old.Contains(column) == true;

    /// <summary>Its values come from a column of another name, or from several.</summary>
    public bool IsRenamedTo(TableName table, string column) =>
        Changes.OfType<RenameColumn>().Any(rename => rename.NewName == column && rename.Table.Matches(table)) || Group(table, column)?.New.Contains(column) == true;

    public string? Fill(TableName table, string column) =>
        Decisions.Fills.Where(fill => fill.Column == column && fill.Table.Matches(table)).Select(fill => fill.Sql).LastOrDefault();

    public string? Using(TableName table, string column) =>
        Decisions.Usings.Where(each => each.Column == column && each.Table.Matches(table)).Select(each => each.Sql).LastOrDefault();

    /// <summary>A deterministic name for an object of the plan.</summary>
    public string Named(string kind, params IEnumerable<string> parts) => Names.Of(Forms.NameLimit, kind, parts);

    /// <summary>The counter behind a trigger, which stands in its table's schema.</summary>
    public static TableName Counter(TableName table, ObjectNames names) => new(table.Schema, names.Counter);

    public ObjectNames TriggerNames(string kind, TableName table, params IEnumerable<string> columns) =>
        Names.Trigger(Forms.NameLimit, $"safe_migrate_{kind}", [table.Name, .. columns]);

    /// <summary>The columns by which rows are walked: the primary key that is there already, else a unique key without NULL; empty when there is none.</summary>
    public IReadOnlyList<string> Key(TableName table)
    {
        var target = Target.Find(table);
        return (Source.Find(table)?.PrimaryKey is { } primary && primary.Columns.All(column => target?.Column(column) is not null) ? primary.Columns : null)
            ?? target?.UniqueConstraints.FirstOrDefault(key => key.Columns.All(column => Old(table, column) is { Nullable: false }))?.Columns
            ?? [];
    }
}

/// <summary>What a person decided.</summary>
/// <param name="Renames">Columns that keep their data under a new name.</param>
/// <param name="Separate">Old columns that are dropped, and whose look-alike starts empty.</param>
/// <param name="Fills">Values for rows that have none, as SQL, by table and column.</param>
internal sealed record Decisions(
    IReadOnlyList<RenameColumn> Renames, IReadOnlyList<(TableName Table, string Column)> Separate, IReadOnlyList<(TableName Table, string Column, string Sql)> Fills)
{
    public static readonly Decisions None = new([], [], []);

    /// <summary>Phases are asked for, where one migration is the rule.</summary>
    public bool Phased { get; init; }

    /// <summary>Tables that keep their rows under a new name.</summary>
    public IReadOnlyList<RenameTable> Tables { get; init; } = [];

    /// <summary>Columns that keep their data in another table.</summary>
    public IReadOnlyList<MoveColumn> Moves { get; init; } = [];

    /// <summary>Old tables that are dropped, and whose look-alike starts empty.</summary>
    public IReadOnlyList<TableName> SeparateTables { get; init; } = [];

    /// <summary>How the values of a renamed column become those of the other type: for the new column from the old, for the old one from the new.</summary>
    public IReadOnlyList<(TableName Table, string Column, string Sql)> Usings { get; init; } = [];

    /// <summary>The change, marked when it is as a person decided: no rule doubts it any more.</summary>
    public Change Marked(Change change) => change switch
    {
        RenameColumn rename when Renames.Any(decided => decided.Name == rename.Name && decided.NewName == rename.NewName && decided.Table.Matches(rename.Table)) => rename with { Decided = true },
        DropColumn drop when Separate.Any(decided => decided.Column == drop.Name && decided.Table.Matches(drop.Table)) => drop with { Decided = true },
        _ => change,
    };
}
