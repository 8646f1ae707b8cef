using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.SqlServer;

/// <summary>The statements of phases on SQL Server, none of which was run on one: they are parsed, and read against the manual.</summary>
internal sealed partial class SqlServerPhases
{
    private readonly Func<string, string> quote;

    private SqlServerPhases(Func<string, string> quote) => this.quote = quote;

    public static PhaseForms Forms(Func<string, string> quote)
    {
        var phases = new SqlServerPhases(quote);
        var (triggers, backfill, online) = (new SqlServerTriggers(quote), new SqlServerBackfill(quote), SqlServerCures.Forms);
        return new()
        {
            // In characters; counted in bytes, a name is never too long.
            NameLimit = 120,
            LockTimeout = "SET LOCK_TIMEOUT 2000;",
            LockTimeoutEnds = "SET LOCK_TIMEOUT -1;",
            Caution = "These phases for SQL Server were never run on a server: read every statement, and go forth, back and forth on a copy of the database first.",
            Concurrently = [],
            BuildsStopWriters = true,
            OfEdition = (forms, edition) => new ServerState(SqlServerEngine.Value.Assumed, DatabaseModel.Empty) { Edition = edition }.IsFull() == true
                ? forms with { Concurrently = [("SqlServer:Online", "true")], BuildsStopWriters = false } : forms,
            FillsOmitted = false,
            WritesRowsTwice = true,
            RefusesTriggers = RefusesTriggers,
            ProofStopsTraffic = true,
            Regroups = false,
            Sync = triggers.Sync,
            FillNulls = triggers.FillNulls,
            CountWrites = triggers.CountWrites,
            CountStatements = triggers.CountStatements,
            Backfill = backfill.Batches,
            FillAtOnce = backfill.Update,
            Unfilled = backfill.Missing,
            Astray = spec => backfill.Missing(spec with { NullsOnly = false }),
            NotNull = (_, _, _, _) => new(null, [], []),
            ForeignKey = (add, state) => phases.Constraint(add.Table, add.ForeignKey.Name!, online.ForeignKey!(add, state)),
            Check = (add, state) => phases.Constraint(add.Table, add.Check.Name!, online.Check!(add, state)),
            Unique = (_, _) => null,
            SetDefault = phases.SetDefault,
            AddColumn = (table, column) => phases.Alter(table, $"ADD {quote(column.Name)} {column.Type}{(column.Collation is { } collation ? $" COLLATE {collation}" : "")} NULL"),
            DropConstraint = (table, name) => phases.Alter(table, $"DROP CONSTRAINT {quote(name)}"),
            NewName = (table, name, newName) => Rename(new TableName(table.Name.Schema, name).Quoted(quote), newName, "OBJECT"),
            NoKeptName = "the view that would serve the old name was never tried on SQL Server; keep the table's name with ToTable",
            GoesWithoutKey = false,
            BuildsLeaveRemains = false,
            DropIndex = (table, name) => $"DROP INDEX IF EXISTS {quote(name)} ON {table.Quoted(quote)};",
            BuildIndex = phases.BuildIndex,
            RenameIndex = (table, name, newName) => Rename($"{table.Quoted(quote)}.{quote(name)}", newName, "INDEX"),
            UniqueIndex = (table, key) => $"CREATE UNIQUE INDEX {quote(key.Name!)} ON {table.Quoted(quote)} ({phases.List(key.Columns)});",
            HasLooseEquality = type => SqlServerType.Parse(type).IsText,
            AnswersAnew = (sql, _) => Anew().IsMatch(sql),
            Shadow = Shadows(quote),
            Zero = (type, _) => Zero(SqlServerType.Parse(type)),
        };
    }

    /// <summary>https://learn.microsoft.com/ef/core/what-is-new/ef-core-7.0/breaking-changes#sqlserver-tables-with-triggers</summary>
    private static string? RefusesTriggers(Table table) =>
        table.Triggers.Count == 0
            ? $"EF asks with an OUTPUT clause what it wrote, which SQL Server refuses on a table with a trigger (error 334) unless the model knows of one; deploy a release first that says ToTable(t => t.HasTrigger(\"safe_migrate\")) of {table.Name}"
        : table.PrimaryKey is null ? $"{table.Name} has no primary key by which a trigger finds the rows it is fired for"
        : null;

    private ConstraintForm Constraint(TableName table, string name, Cure? cure)
    {
        var announce = cure!.Migrations[0].Sql[0];
        return new(announce, Alter(table, $"WITH CHECK CHECK CONSTRAINT {quote(name)}"), [Alter(table, $"DROP CONSTRAINT {quote(name)}"), announce]);
    }

    /// <summary>A default is a constraint, and one that nobody named has a name that only the catalogue knows.</summary>
    private string SetDefault(TableName table, string column, Default? value)
    {
        var (name, id) = (table.Quoted(quote), $"OBJECT_ID({Text(table.Quoted(quote))})");
        var add = value is null ? "" : $"\n{Alter(table, $"ADD DEFAULT ({value.Sql}) FOR {quote(column)}")}";
        return $"""
            DECLARE @safe_migrate_default nvarchar(max) = (
                SELECT {Text($"ALTER TABLE {name} DROP CONSTRAINT ")} + QUOTENAME([name]) FROM sys.default_constraints
                WHERE [parent_object_id] = {id} AND [parent_column_id] = COLUMNPROPERTY({id}, {Text(column)}, 'ColumnId'));
            IF @safe_migrate_default IS NOT NULL EXEC(@safe_migrate_default);{add}
            """;
    }

    private string BuildIndex(TableName table, Index index, string name, string? provided)
    {
        var include = index.Include.Count > 0 ? $" INCLUDE ({List(index.Include)})" : "";
        var filter = index.Filter is { } where ? $" WHERE {where}" : "";
        return $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {quote(name)} ON {table.Quoted(quote)} {index.Definition ?? $"({List(index.Columns)}){include}{filter}"};";
    }

    private static string Rename(string what, string newName, string kind) => $"EXEC sp_rename {Text(what)}, {Text(newName)}, N'{kind}';";

    private static ShadowForms Shadows(Func<string, string> quote) => new()
    {
        IsShared = (one, other) => SqlServerType.Parse(one).Name == SqlServerType.Parse(other).Name,
        Converts = (from, to) => SqlServerType.Parse(from).Same(SqlServerType.Parse(to)),
        Cast = Cast,
        Rounds = (_, _) => false,
        Misfit = _ => null,
        Image = spec => Cast(quote(spec.Column), spec.NewType),
        Renamed = (sql, name, newName) => sql.RenamedColumn(name, quote(newName)),
    };

    // A cast to a text of some length cuts what is longer; assigning does not.
    private static string Cast(string sql, string type) =>
        SqlServerType.Parse(type) is { IsVariable: true } text ? $"CAST({sql} AS {text.Name}(max))" : $"CAST({sql} AS {type})";

    private static string? Zero(SqlServerType type) => type.Name switch
    {
        "bit" or "tinyint" or "smallint" or "int" or "bigint" or "decimal" or "money" or "smallmoney" or "real" or "float" => "0",
        "varchar" or "char" => "''",
        "nvarchar" or "nchar" => "N''",
        "varbinary" or "binary" => "0x",
        "uniqueidentifier" => "'00000000-0000-0000-0000-000000000000'",
        "date" => "'0001-01-01'",
        "datetime2" => "'0001-01-01T00:00:00.0000000'",
        "datetimeoffset" => "'0001-01-01T00:00:00.0000000+00:00'",
        "datetime" or "smalldatetime" => "'1900-01-01T00:00:00'",
        "time" => "'00:00:00'",
        _ => null,
    };

    private string Alter(TableName table, string action) => $"ALTER TABLE {table.Quoted(quote)} {action};";

    private string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(quote));

    public static string Text(string text) => $"N{Literals.Quoted(text)}";

    [GeneratedRegex(@"\b(?:NEWID|NEWSEQUENTIALID|RAND|GETDATE|GETUTCDATE|SYSDATETIME|SYSUTCDATETIME|SYSDATETIMEOFFSET|CRYPT_GEN_RANDOM)\s*\(|\bCURRENT_TIMESTAMP\b|\bNEXT\s+VALUE\s+FOR\b", RegexOptions.IgnoreCase)]
    private static partial Regex Anew();
}
