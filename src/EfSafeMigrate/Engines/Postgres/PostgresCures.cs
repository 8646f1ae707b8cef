using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The forms that let traffic through. Each migration commits on its own, so that a scan never runs under an earlier step's lock.</summary>
internal sealed class PostgresCures
{
    private readonly Func<string, string> _quote;

    private PostgresCures(Func<string, string> quote) => _quote = quote;

    public static OnlineForms Forms(Func<string, string> quote)
    {
        var cures = new PostgresCures(quote);
        return new()
        {
            Index = cures.Index,
            NotNull = cures.NotNull,
            Type = cures.Type,
            ForeignKey = cures.ForeignKey,
            Check = cures.Check,
            Unique = (add, state) => cures.Key(add.Table, add.Key, "UNIQUE", state),
            PrimaryKey = cures.PrimaryKey,
            ComputedDefault = cures.ComputedDefault,
        };
    }

    // An INVALID leftover of an interrupted build would satisfy IF NOT EXISTS, so a retry drops by name first.
    private Cure Index(CreateIndex create, ServerState state) =>
        IsPartitioned(create.Table, state)
            ? Cure.Text($"Create {create.Index.Name} ON ONLY {create.Table}, build the index of each partition CONCURRENTLY, then attach each")
            : new(
                $"Build {create.Index.Name} concurrently, in a migration that holds nothing else",
                [Concurrently(create.Table, create.Index)]);

    private CureMigration Concurrently(TableName table, Index index)
    {
        var unique = index.Unique ? "UNIQUE " : "";
        var definition = index.Definition ?? Definition(index);
        return new(
            [
                $"DROP INDEX CONCURRENTLY IF EXISTS {Beside(table, index.Name)};",
                $"CREATE {unique}INDEX CONCURRENTLY {_quote(index.Name)} ON {Quoted(table)} {definition};",
            ],
            OutsideTransaction: true);
    }

    private string Definition(Index index)
    {
        var method = index.Method is { } named ? $"USING {named} " : "";
        var include = index.Include.Count > 0 ? $" INCLUDE ({Quoted(index.Include)})" : "";
        var filter = index.Filter is { } where ? $" WHERE {where}" : "";
        return $"{method}({Quoted(index.Columns)}){include}{filter}";
    }

    private Cure NotNull(TableName table, string column, ServerState state)
    {
        var advice = $"Add the rule unvalidated, validate it in its own migration while traffic goes on, then make {table}.{column} NOT NULL without a scan";
        if (state.Version.IsAtLeast(18) && !IsPartitioned(table, state))
        {
            var name = _quote($"NN_{table.Name}_{column}");
            return new(advice,
            [
                Alter(table, $"ADD CONSTRAINT {name} NOT NULL {_quote(column)} NOT VALID"),
                Alter(table, $"VALIDATE CONSTRAINT {name}"),
            ]);
        }
        var check = _quote($"CK_{table.Name}_{column}_NotNull");
        // One ALTER TABLE with both actions of the last step would scan: the constraint is gone before it is looked for.
        return new(advice,
        [
            Alter(table, $"ADD CONSTRAINT {check} CHECK ({_quote(column)} IS NOT NULL) NOT VALID"),
            Alter(table, $"VALIDATE CONSTRAINT {check}"),
            Alter(table, $"ALTER COLUMN {_quote(column)} SET NOT NULL", $"DROP CONSTRAINT {check}"),
        ]);
    }

    /// <summary>In UTC both timestamp types hold the same bytes. An index on the column would still be built anew, so this helps without one only.</summary>
    private Cure? Type(AlterColumn alter, ServerState state)
    {
        var isTime = (alter.Old is { } old ? PostgresTypeName.Parse(old.Type).Name : null, PostgresTypeName.Parse(alter.New.Type).Name)
            is ("timestamp", "timestamptz") or ("timestamptz", "timestamp");
        var indexed = state.Model.Find(alter.Table) is not { } table
            || table.Indexes.Any(index => index.Columns.Append(index.Filter ?? "").Any(part => part.Mentions(alter.New.Name)))
            || table.UniqueConstraints.Append(table.PrimaryKey).Any(key => key?.Columns.Contains(alter.New.Name) == true);
        return !isTime || indexed || state.TimeZone is "UTC"
            ? null
            : new(
                $"If the values of {alter.New.Name} are in UTC, change the type in a transaction whose time zone is UTC, and the rows stay as they are; if not, fill a column of type {alter.New.Type} beside it",
                [new(["SET LOCAL TIME ZONE 'UTC';", .. Alter(alter.Table, $"ALTER COLUMN {_quote(alter.New.Name)} TYPE {alter.New.Type}").Sql])]);
    }

    private Cure ForeignKey(AddForeignKey add, ServerState state)
    {
        var key = add.ForeignKey;
        if (IsPartitioned(add.Table, state) && !state.Version.IsAtLeast(18))
        {
            return Cure.Text($"Add the foreign key to each partition of {add.Table} NOT VALID and validate it there, then to {add.Table}");
        }
        var name = _quote(key.Name ?? $"FK_{add.Table.Name}_{key.Principal.Name}_{string.Join('_', key.Columns)}");
        var principal = key.PrincipalColumns.Count > 0 ? $" ({Quoted(key.PrincipalColumns)})" : "";
        var onDelete = key.OnDelete is { } action ? $" ON DELETE {action}" : "";
        return new(
            "Add the foreign key NOT VALID, then validate it in its own migration while traffic goes on",
            [
                Alter(add.Table, $"ADD CONSTRAINT {name} FOREIGN KEY ({Quoted(key.Columns)}) REFERENCES {Quoted(key.Principal)}{principal}{onDelete} NOT VALID"),
                Alter(add.Table, $"VALIDATE CONSTRAINT {name}"),
            ]);
    }

    private Cure Check(AddCheckConstraint add, ServerState state)
    {
        var name = _quote(add.Check.Name ?? $"CK_{add.Table.Name}");
        return new(
            "Add the constraint NOT VALID, then validate it in its own migration while traffic goes on",
            [
                Alter(add.Table, $"ADD CONSTRAINT {name} CHECK ({add.Check.Sql}) NOT VALID"),
                Alter(add.Table, $"VALIDATE CONSTRAINT {name}"),
            ]);
    }

    private Cure PrimaryKey(AddPrimaryKey add, ServerState state)
    {
        var nullable = add.Key.Columns.Where(column => state.Model.Find(add.Table)?.Column(column) is not { Nullable: false }).ToList();
        var key = Key(add.Table, add.Key, "PRIMARY KEY", state);
        return key with
        {
            Advice = nullable.Count == 0 ? key.Advice : $"Make {string.Join(" and ", nullable)} NOT NULL first; {char.ToLowerInvariant(key.Advice[0])}{key.Advice[1..]}",
            Migrations = [.. nullable.SelectMany(column => NotNull(add.Table, column, state).Migrations), .. key.Migrations],
        };
    }

    private Cure Key(TableName table, Key key, string kind, ServerState state)
    {
        if (IsPartitioned(table, state))
        {
            return Cure.Text($"Add the key to each partition of {table} over an index built CONCURRENTLY, then to {table}, which adopts them");
        }
        var name = key.Name ?? $"{(kind == "UNIQUE" ? "AK" : "PK")}_{table.Name}_{string.Join('_', key.Columns)}";
        return new(
            "Build its unique index concurrently, in a migration that holds nothing else, then let the constraint adopt it",
            [
                Concurrently(table, new(name, key.Columns) { Unique = true }),
                Alter(table, $"ADD CONSTRAINT {_quote(name)} {kind} USING INDEX {_quote(name)}"),
            ]);
    }

    private Cure? ComputedDefault(AddColumn add, ServerState state) =>
        add.Column is { Default: { } given, ComputedSql: null, Identity: false }
            ? new(
                $"Add {add.Column.Name} without the default, set the default for new rows, then fill the old rows in batches{(add.Column.Nullable ? "" : " and make it required")}",
                [
                    Alter(add.Table, $"ADD COLUMN {_quote(add.Column.Name)} {add.Column.Type}", $"ALTER COLUMN {_quote(add.Column.Name)} SET DEFAULT {given.Sql}"),
                ])
            : null;

    private CureMigration Alter(TableName table, params IEnumerable<string> actions) =>
        new([.. actions.Select(action => $"ALTER TABLE {Quoted(table)} {action};")]);

    private string Quoted(TableName table) =>
        table.Schema is null ? _quote(table.Name) : $"{_quote(table.Schema)}.{_quote(table.Name)}";

    private string Beside(TableName table, string index) => table.Schema is null ? _quote(index) : $"{_quote(table.Schema)}.{_quote(index)}";

    private string Quoted(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => column.StartsWith('(') ? column : _quote(column)));

    private static bool IsPartitioned(TableName table, ServerState state) => state.Model.Find(table)?.Kind == TableKind.Partitioned;
}
