using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary>
/// The statements of phases on SQLite. What alters a table is EF's own, which copies it; what is left are triggers, which a copy does not have, and
/// the rows, which one statement writes because there is one writer anyway.
/// </summary>
internal static partial class SqlitePhases
{
    public static PhaseForms Forms(Func<string, string> quote)
    {
        var triggers = new SqliteTriggers(quote);
        string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(quote));
        return new()
        {
            NameLimit = 200,
            LockTimeout = null,
            Concurrently = [],
            BuildsStopWriters = true,
            // A statement is checked for NULL before the triggers that could fill it.
            FillsOmitted = false,
            WritesRowsTwice = true,
            NumbersRowsLate = false,
            Sync = triggers.Sync,
            FillNulls = triggers.FillNulls,
            CountWrites = triggers.CountWrites,
            CountStatements = triggers.CountStatements,
            Backfill = Update,
            FillAtOnce = Update,
            Unfilled = spec => SqliteBatches.Missing(spec, quote),
            Astray = spec => SqliteBatches.Missing(spec with { NullsOnly = false }, quote),
            NotNull = (_, _, _, _) => new(null, [], []),
            ForeignKey = (_, _) => null,
            Check = (_, _) => null,
            Unique = (_, _) => null,
            SetDefault = (table, column, _) => throw Missing($"sets the default of {table}.{column}"),
            AddColumn = (table, column) => $"ALTER TABLE {quote(table.Name)} ADD COLUMN {quote(column.Name)} {column.Type}{(column.Collation is { } collation ? $" COLLATE {collation}" : "")};",
            DropConstraint = (table, name) => throw Missing($"drops {name} of {table}"),
            NewName = (_, _, _) => null,
            NoKeptName = "through a view of the old name an INSERT returns no key, which EF asks for; rename the class alone and keep the table's name with ToTable, or rename the table when nobody uses it",
            GoesWithoutKey = true,
            BuildsLeaveRemains = false,
            DropIndex = (_, name) => $"DROP INDEX IF EXISTS {quote(name)};",
            BuildIndex = (table, index, name, _) => $"CREATE {(index.Unique ? "UNIQUE " : "")}INDEX {quote(name)} ON {quote(table.Name)} ({List(index.Columns)}){(index.Filter is { } filter ? $" WHERE {filter}" : "")};",
            RenameIndex = (_, name, _) => throw Missing($"renames the index {name}"),
            UniqueIndex = (table, key) => $"CREATE UNIQUE INDEX {quote(key.Name!)} ON {quote(table.Name)} ({List(key.Columns)});",
            HasLooseEquality = _ => false,
            AnswersAnew = (sql, _) => Anew().IsMatch(sql),
            Shadow = Shadows(quote),
            Zero = (type, _) => Zero(type),
        };

        string Update(BackfillSpec spec) =>
            $"UPDATE {quote(spec.Table.Name)} SET {quote(spec.Column)} = {SqliteBatches.Named(spec.Expression)} WHERE {SqliteBatches.Missing(spec, quote)};";
    }

    /// <summary>A column's type says what becomes of a value that is stored in it, and a value can be of another type all the same.</summary>
    private static ShadowForms Shadows(Func<string, string> quote) => new()
    {
        IsShared = (one, other) => Affinity(one) == Affinity(other),
        Converts = (from, to) => Affinity(from) == Affinity(to) || (Affinity(from), Affinity(to)) is ("INTEGER", "TEXT"),
        Cast = (sql, type) => $"CAST({sql} AS {Affinity(type)})",
        Rounds = (_, _) => false,
        Misfit = _ => null,
        Image = spec => $"CAST({quote(spec.Column)} AS {Affinity(spec.NewType)})",
        Renamed = (sql, name, newName) => sql.RenamedColumn(name, quote(newName)),
    };

    /// <summary>As the server derives it: https://www.sqlite.org/datatype3.html#determination_of_column_affinity</summary>
    public static string Affinity(string type)
    {
        bool Has(string part) => type.Contains(part, StringComparison.OrdinalIgnoreCase);
        return Has("INT") ? "INTEGER"
            : Has("CHAR") || Has("CLOB") || Has("TEXT") ? "TEXT"
            : Has("BLOB") || type.Length == 0 ? "BLOB"
            : Has("REAL") || Has("FLOA") || Has("DOUB") ? "REAL"
            : "NUMERIC";
    }

    /// <summary>Nothing for text, which times, amounts and GUIDs are kept as: an empty one is none of them.</summary>
    private static string? Zero(string type) => Affinity(type) switch
    {
        "INTEGER" => "0",
        "REAL" => "0.0",
        "BLOB" => "X''",
        _ => null,
    };

    private static InvalidOperationException Missing(string what) => new($"SQLite has no statement that {what}.");

    [GeneratedRegex(@"\b(?:random|randomblob|changes|total_changes|last_insert_rowid)\s*\(|\bCURRENT_(?:DATE|TIME|TIMESTAMP)\b|'now'|\b(?:date|time|datetime|julianday|unixepoch)\s*\(\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex Anew();
}
