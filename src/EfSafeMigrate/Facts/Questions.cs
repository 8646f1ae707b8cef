using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Facts;

/// <summary>Decides what to ask the database before a change set: only of what it holds today, in the names it has today.</summary>
internal sealed class Questions
{
    private const string Moved = "its columns are renamed or added by the same migrations";

    private readonly Engine engine;
    private readonly DatabaseModel today;
    private readonly Originals originals = new();
    private readonly List<Question> questions = [];
    private DatabaseModel model = DatabaseModel.Empty;

    private Questions(Engine engine, DatabaseModel today) => (this.engine, this.today) = (engine, today);

    public static IReadOnlyList<Question> Of(ChangeSet changes, Engine engine, FactSheet facts)
    {
        if (changes.Migrations.All(migration => migration.Changes.Count == 0))
        {
            return [];
        }
        var asking = new Questions(engine, changes.Migrations[0].Source);
        asking.Add(ProbeKind.OpenTransaction, Question.Database, [], engine.Probes.OpenTransactions);
        foreach (var migration in changes.Migrations)
        {
            var state = facts.StateOf(engine, migration.Source);
            asking.model = state.Model;
            foreach (var conversion in migration.Phase?.Converts ?? [])
            {
                asking.Convert(conversion, state);
            }
            foreach (var regrouping in migration.Phase?.Regroups ?? [])
            {
                asking.Regroup(regrouping);
            }
            foreach (var move in migration.Phase?.Moves ?? [])
            {
                asking.Move(move, last: migration.Changes.OfType<DropColumn>().Any(drop => drop.Name == move.Old && drop.Table.Matches(move.OldTable)));
            }
            foreach (var change in migration.Changes)
            {
                asking.model = state.Model;
                asking.About(change, engine.ImpactOf(change, state)?.FailsIf ?? FailsIf.Nothing, state);
                asking.originals.Pass(change, state.Model);
                state = state with { Model = state.Model.After(change) };
            }
        }
        return [.. asking.questions.DistinctBy(question => (question.Kind, question.Table, string.Join('\n', question.Columns)))];
    }

    private void About(Change change, FailsIf failsIf, ServerState state)
    {
        if (change.Target is not { } named || Today(named) is not { } table)
        {
            return;
        }
        OfTable(named, table);
        switch (change)
        {
            case CreateIndex { Index: { Unique: true } index }:
                Duplicates(named, table, index);
                break;
            case AddUniqueConstraint { Index: null } add:
                Duplicates(named, table, new Index("", add.Key.Columns));
                break;
            case AddPrimaryKey { Index: null } add:
                Duplicates(named, table, new Index("", add.Key.Columns));
                foreach (var column in add.Key.Columns.Where(column => model.Find(named)?.Column(column)?.Nullable == true))
                {
                    Nulls(named, table, column);
                }
                break;
            case AlterColumn alter:
                Alter(alter, table, failsIf, state);
                break;
            case AddNotNullConstraint { Validated: true } add:
                Nulls(named, table, add.Column);
                break;
            case AddForeignKey { ForeignKey: { Validated: true } key, NotEnforced: false }:
                Orphans(named, table, key);
                break;
            case AddCheckConstraint { Check: { Validated: true } check, NotEnforced: false }:
                Violations(named, table, check);
                break;
            case ValidateConstraint validate when model.Find(named) is { } known:
                known.ForeignKeys.Where(key => key.Name == validate.Name && !key.Validated).ToList().ForEach(key => Orphans(named, table, key));
                known.Checks.Where(check => check.Name == validate.Name && !check.Validated).ToList().ForEach(check => Violations(named, table, check));
                break;
            case DropColumn drop:
                Dependents(named, table, drop.Name);
                break;
            case RenameColumn rename:
                Dependents(named, table, rename.Name);
                break;
            case DropTable or RenameTable or UpdateRows or DeleteRows:
                Dependents(named, table, null);
                break;
            default:
                break;
        }
    }

    private void Convert(Conversion conversion, ServerState state)
    {
        if (Today(conversion.Table) is { } table && Column(conversion.Table, conversion.Column) is { } name && table.Column(name) is { } old)
        {
            Add(ProbeKind.DoNotConvert, conversion.Table, [conversion.Column], engine.Probes.DoNotConvert?.Invoke(table, old, conversion, state), Moved, whole: true);
        }
    }

    /// <summary>Before the new columns are there, what would become of the rows; later, what has become of them.</summary>
    private void Regroup(Regrouping regrouping)
    {
        if (Today(regrouping.Table) is not { } table || !regrouping.Old.All(column => table.Column(column.Name) is not null))
        {
            return;
        }
        foreach (var column in regrouping.New.Where(column => table.Column(column.Name) is null))
        {
            Add(ProbeKind.CannotBeMade, regrouping.Table, [column.Name], engine.Probes.CannotBeMade?.Invoke(table, column), whole: true);
        }
        Add(ProbeKind.DoNotReturn, regrouping.Table, [.. regrouping.Old.Select(column => column.Name)], engine.DoNotReturn(table, regrouping), whole: true);
    }

    /// <param name="last">The old column goes; otherwise the new one comes.</param>
    private void Move(MoveSpec move, bool last)
    {
        if (Today(move.OldTable) is not { } table || Column(move.OldTable, move.Old) is not { } name || engine.Phases?.Move is not { } forms)
        {
            return;
        }
        var named = table.Name.Matches(move.OldTable) && name == move.Old;
        void Ask(ProbeKind kind, bool here, Func<Ask?> ask) => Add(kind, move.OldTable, [move.Old], named && here ? ask() : null, Moved, whole: true);
        if (move.Marks && !last)
        {
            Ask(ProbeKind.StandsForNone, here: true, () => engine.Rows(table, forms.StandsForNone(move)));
        }
        var made = Today(move.NewTable);
        if (move.NeedsPlace(last) && (made is not null || move.Makes is null))
        {
            Ask(ProbeKind.HasNoPlace, !move.ToChild || made?.Name.Matches(move.NewTable) == true, () => engine.Rows(table, forms.Placeless(move, RowQuestions.Row)));
        }
        if (move.Gathers && forms.Differing is { } differing)
        {
            Ask(ProbeKind.GoesToOne, here: true, () => differing(move));
        }
    }

    private void OfTable(TableName named, Table table)
    {
        Add(ProbeKind.InvalidIndex, named, [], engine.Probes.InvalidIndexes?.Invoke(table.Name));
        if (table.PrimaryKey?.Columns is [var key] && table.Column(key) is { } column)
        {
            Add(ProbeKind.NearOverflow, named, [key], engine.Probes.NearOverflow?.Invoke(table.Name, column));
        }
    }

    private void Alter(AlterColumn alter, Table table, FailsIf failsIf, ServerState state)
    {
        if (Column(alter.Table, alter.New.Name) is not { } name || table.Column(name) is not { } old)
        {
            return;
        }
        if (failsIf.HasFlag(FailsIf.NullsExist) || alter.BecomesRequired)
        {
            Nulls(alter.Table, table, alter.New.Name);
        }
        if (failsIf.HasFlag(FailsIf.ValuesDoNotFit))
        {
            Add(ProbeKind.DoNotFit, alter.Table, [alter.New.Name], engine.Probes.DoNotFit?.Invoke(table, old, alter, state), Moved, whole: true);
        }
        if (alter.ChangesType)
        {
            Dependents(alter.Table, table, alter.New.Name);
        }
    }

    private void Duplicates(TableName named, Table table, Index index)
    {
        var columns = Columns(named, index.Columns);
        if (columns is null || IsUnique(table, columns))
        {
            return;
        }
        var expressions = index.Columns.Where(column => column.StartsWith('(')).Append(index.Filter);
        var asked = expressions.All(text => originals.Same(Name(named), text)) ? engine.Duplicates(table, columns, index.Filter) : null;
        Add(ProbeKind.Duplicates, named, index.Columns, asked, Moved, whole: index.Filter is null);
    }

    private void Nulls(TableName named, Table table, string column)
    {
        if (Column(named, column) is { } name)
        {
            Add(ProbeKind.Nulls, named, [column], engine.Nulls(table, name), whole: true);
        }
    }

    private void Orphans(TableName named, Table table, ForeignKey key)
    {
        if (Columns(named, key.Columns) is not { } columns || Today(key.Principal) is not { } principal)
        {
            return;
        }
        var referenced = key.PrincipalColumns.Count > 0 ? Columns(key.Principal, key.PrincipalColumns) : principal.PrimaryKey?.Columns;
        if (referenced is not null && referenced.Count == columns.Length)
        {
            Add(ProbeKind.Orphans, named, key.Columns, engine.Orphans(table, columns, principal.Name, referenced), whole: true);
        }
    }

    private void Violations(TableName named, Table table, CheckConstraint check) =>
        Add(ProbeKind.Violations, named, [check.Name ?? check.Sql],
            originals.Same(Name(named), check.Sql) ? engine.Violations(table, check.Sql) : null, Moved, whole: true);

    private void Dependents(TableName named, Table table, string? column)
    {
        if (column is null || Column(named, column) is not null)
        {
            Add(ProbeKind.Dependent, named, column is null ? [] : [column],
                engine.Probes.Dependents?.Invoke(table.Name, column is null ? null : Column(named, column)));
        }
    }

    private void Add(ProbeKind kind, TableName table, IReadOnlyList<string> columns, Ask? ask, string? why = null, bool whole = false)
    {
        if (ask is not null || why is not null)
        {
            questions.Add(new(kind, table, columns, ask, why) { Whole = whole });
        }
    }

    private TableName Name(TableName table) => Originals.Name(table, model);

    /// <summary>The table as the database holds it; null when it is not there yet, or is no table.</summary>
    private Table? Today(TableName named) =>
        originals.Of(Name(named)) is { } original && today.Find(original) is { Kind: TableKind.Table or TableKind.Partitioned } table ? table : null;

    private string? Column(TableName table, string column) => originals.Of(Name(table), column);

    /// <summary>Today's names, expressions as they are; null when one of the columns is new.</summary>
    private string[]? Columns(TableName table, IReadOnlyList<string> columns)
    {
        var names = columns.Select(column => column.StartsWith('(') ? column : Column(table, column)).OfType<string>().ToArray();
        return names.Length == columns.Count && names.Length > 0 ? names : null;
    }

    private static bool IsUnique(Table table, string[] columns) =>
        table.UniqueConstraints.Append(table.PrimaryKey).OfType<Key>().Select(key => key.Columns)
            .Concat(table.Indexes.Where(index => index is { Unique: true, Filter: null }).Select(index => index.Columns))
            .Any(key => key.Count > 0 && key.All(columns.Contains));
}
