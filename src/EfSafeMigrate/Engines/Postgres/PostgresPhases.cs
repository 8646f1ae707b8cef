using System.Text;
using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The statements of phases. Triggers and backfills have files of their own.</summary>
internal sealed class PostgresPhases
{
    /// <summary>Types whose <c>=</c> holds for the same bytes only.</summary>
    private static readonly HashSet<string> Strict =
    [
        "smallint", "integer", "bigint", "boolean", "text", "varchar", "uuid", "date", "timestamp", "timestamptz", "time", "bytea",
    ];

    private readonly Func<string, string> _quote;

    private PostgresPhases(Func<string, string> quote) => _quote = quote;

    public static PhaseForms Forms(Func<string, string> quote)
    {
        var phases = new PostgresPhases(quote);
        var triggers = new PostgresTriggers(quote);
        var backfill = new PostgresBackfill(quote);
        var online = PostgresCures.Forms(quote);
        return new()
        {
            NameLimit = 63,
            LockTimeout = $"{PostgresSession.Waiting.Brief};",
            Concurrently = [("Npgsql:CreatedConcurrently", "true")],
            Sync = triggers.Sync,
            FillNulls = triggers.FillNulls,
            CountWrites = triggers.CountWrites,
            CountStatements = triggers.CountStatements,
            Backfill = backfill.Block,
            Unfilled = backfill.Missing,
            Astray = backfill.Astray,
            FillAtOnce = backfill.Update,
            NotNull = phases.NotNull,
            ForeignKey = (add, state) => phases.Constraint(add.Table, add.ForeignKey.Name!, online.ForeignKey?.Invoke(add, state)),
            Check = (add, state) => phases.Constraint(add.Table, add.Check.Name!, online.Check?.Invoke(add, state)),
            Unique = (add, state) => online.Unique?.Invoke(add, state)?.Migrations is [{ Sql: [var away, var build] }, { Sql: [var adopt] }] ? new(away, build, adopt) : null,
            SetDefault = phases.SetDefault,
            AddColumn = phases.AddColumn,
            DropConstraint = (table, name) => phases.Alter(table, $"DROP CONSTRAINT {quote(name)}"),
            RenameConstraint = phases.RenameConstraint,
            NewName = (table, name, newName) => phases.RenameConstraint(table.Name, name, newName),
            KeepName = PostgresKeptNames.Forms(quote),
            GoesWithoutKey = true,
            BuildsLeaveRemains = true,
            DropIndex = (table, name) => $"DROP INDEX CONCURRENTLY IF EXISTS {phases.Beside(table, name)};",
            BuildIndex = phases.BuildIndex,
            RenameIndex = (table, name, newName) => $"ALTER INDEX {phases.Beside(table, name)} RENAME TO {quote(newName)};",
            UniqueIndex = (table, key) => $"CREATE UNIQUE INDEX {quote(key.Name!)} ON {table.Quoted(quote)} ({phases.List(key.Columns)});",
            Typed = (sql, type) => $"CAST({sql} AS {type})",
            HasLooseEquality = IsLoose,
            Shadow = PostgresShadows.Forms(quote),
            AnswersAnew = (sql, model) => PostgresVolatility.IsVolatile(new(sql, Constant: false), model),
            FoldsNames = true,
            Zero = Zero,
            Again = sql => sql.Replace(" ADD VALUE '", " ADD VALUE IF NOT EXISTS '", StringComparison.Ordinal),
            DropEnum = (schema, name) => $"DROP TYPE {new TableName(schema, name).Quoted(quote)};",
            Swap = PostgresSwaps.Forms(quote, triggers, phases.CreateIndex),
            Move = PostgresMoves.Forms(quote),
        };
    }

    public static bool IsLoose(string type) => !Strict.Contains(PostgresTypeName.Parse(type).Name);

    private ConstraintForm? Constraint(TableName table, string name, Cure? cure)
    {
        var withdraw = Alter(table, $"DROP CONSTRAINT {_quote(name)}");
        // A proof cannot be taken back otherwise; nothing is read, so the lock is short.
        return cure?.Migrations is [{ Sql: [var announce] }, { Sql: [var prove] }] ? new(announce, prove, [withdraw, announce]) : null;
    }

    private NotNullForm NotNull(TableName table, Column fresh, string proof, EngineVersion version)
    {
        var column = fresh.Name;
        var name = _quote(proof);
        var withdraw = Alter(table, $"DROP CONSTRAINT {name}");
        var relaxed = Alter(table, $"ALTER COLUMN {_quote(column)} DROP NOT NULL");
        if (version.IsAtLeast(18))
        {
            var announce = Alter(table, $"ADD CONSTRAINT {name} NOT NULL {_quote(column)} NOT VALID");
            return new(new(announce, withdraw, Alter(table, $"VALIDATE CONSTRAINT {name}")), [], [relaxed, announce]) { Usual = Usual(table.Name, column, "not_null") };
        }
        var check = Alter(table, $"ADD CONSTRAINT {name} CHECK ({_quote(column)} IS NOT NULL) NOT VALID");
        // The check has to be there still when SET NOT NULL looks for a proof, hence two statements.
        return new(
            new(check, withdraw, Alter(table, $"VALIDATE CONSTRAINT {name}")),
            [Alter(table, $"ALTER COLUMN {_quote(column)} SET NOT NULL"), withdraw],
            [relaxed, check]);
    }

    /// <summary>As the server names what nobody named; makeObjectName in src/backend/commands/indexcmds.c.</summary>
    private static string Usual(string table, string column, string kind)
    {
        var room = PostgresDesign.Names.Length - kind.Length - 2;
        var (first, second) = (Encoding.UTF8.GetByteCount(table), Encoding.UTF8.GetByteCount(column));
        while (first + second > room)
        {
            (first, second) = first > second ? (first - 1, second) : (first, second - 1);
        }
        return $"{(PostgresDesign.Names with { Length = first }).Cut(table)}_{(PostgresDesign.Names with { Length = second }).Cut(column)}_{kind}";
    }

    private string SetDefault(TableName table, string column, Default? value) =>
        Alter(table, $"ALTER COLUMN {_quote(column)} {(value is null ? "DROP DEFAULT" : $"SET DEFAULT {value.Sql}")}");

    private string AddColumn(TableName table, Column column) =>
        Alter(table, $"ADD COLUMN {_quote(column.Name)} {column.Type}{(column.Collation is { } collation ? $" COLLATE {_quote(collation)}" : "")}");

    private string BuildIndex(TableName table, Index index, string name, string? provided)
    {
        var named = $" INDEX {_quote(index.Name)} ON ";
        if (provided?.IndexOf(named, StringComparison.Ordinal) is >= 0 and var at)
        {
            return $"{provided[..at]} INDEX CONCURRENTLY {_quote(name)} ON {provided[(at + named.Length)..]}".TrimEnd();
        }
        return CreateIndex(table, index, name, "INDEX CONCURRENTLY");
    }

    private string CreateIndex(TableName table, Index index) => CreateIndex(table, index, index.Name, "INDEX");

    private string CreateIndex(TableName table, Index index, string name, string what)
    {
        var unique = index.Unique ? "UNIQUE " : "";
        var method = index.Method is { } how ? $" USING {how}" : "";
        var include = index.Include.Count > 0 ? $" INCLUDE ({List(index.Include)})" : "";
        var filter = index.Filter is { } where ? $" WHERE {where}" : "";
        var definition = index.Definition is { } said ? $" {said.Trim()}" : $"{method} ({List(index.Columns)}){include}{filter}";
        return $"CREATE {unique}{what} {_quote(name)} ON {table.Quoted(_quote)}{definition};";
    }

    private static string? Zero(string type, DatabaseModel model)
    {
        var parsed = PostgresTypeName.Parse(type);
        return parsed switch
        {
            { IsArray: true } => "'{}'",
            { Name: "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" } => "0",
            { Name: "text" or "varchar" or "char" or "citext" } => "''",
            { Name: "boolean" } => "false",
            { Name: "uuid" } => "'00000000-0000-0000-0000-000000000000'",
            { Name: "timestamp" or "timestamptz" or "date" } => "'-infinity'",
            { Name: "time" or "timetz" or "interval" } => "'00:00:00'",
            { Name: "bytea" } => @"'\x'",
            { Name: "json" or "jsonb" } => "'{}'",
            { Name: var name } => model.Enums.FirstOrDefault(known => known.Name == name.Split('.')[^1].Trim('"')) is { Values: [var first, ..] }
                ? first.Literal()
                : null,
        };
    }

    private string RenameConstraint(TableName table, string name, string newName) => Alter(table, $"RENAME CONSTRAINT {_quote(name)} TO {_quote(newName)}");

    private string Alter(TableName table, string action) => $"ALTER TABLE {table.Quoted(_quote)} {action};";

    /// <summary>An index is in the schema of its table.</summary>
    private string Beside(TableName table, string index) => new TableName(table.Schema, index).Quoted(_quote);

    private string List(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => column.StartsWith('(') ? column : _quote(column)));
}
