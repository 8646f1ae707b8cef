using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// The statements of phases on MySQL and MariaDB. Each commits by itself: it can be met by a second run, and says by <c>ALGORITHM</c> how it has to be
/// carried out, so that a server that cannot do it so refuses at once and nobody waits for a copy.
/// </summary>
internal sealed class MySqlPhases
{
    private readonly Func<string, string> _quote = MySqlQuestions.Quote;
    private readonly MySqlPhaseTraits _traits;
    private readonly MySqlAssertions _assertions;

    private MySqlPhases(MySqlPhaseTraits traits) => (_traits, _assertions) = (traits, new(traits));

    public static PhaseForms Forms(MySqlPhaseTraits traits)
    {
        var phases = new MySqlPhases(traits);
        var (triggers, backfill, quote) = (new MySqlTriggers(), new MySqlBackfill(), phases._quote);
        return new()
        {
            // In characters; counted in bytes, a name is never too long.
            NameLimit = 64,
            LockTimeout = "SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2;",
            LockTimeoutEnds = "SET SESSION lock_wait_timeout = DEFAULT, innodb_lock_wait_timeout = DEFAULT;",
            Concurrently = [],
            Asserted = phases.Asserted,
            Reconcile = backfill.Reconcile,
            NumbersRowsLate = true,
            FiresAsMade = true,
            FillsOmitted = traits.FillsOmitted,
            KeepsMadeUpDefault = type => !IsLarge(type),
            Sync = triggers.Sync,
            FillNulls = triggers.FillNulls,
            CountWrites = triggers.CountWrites,
            CountStatements = MySqlTriggers.CountStatements,
            Backfill = backfill.Batches,
            Unfilled = backfill.Missing,
            Astray = backfill.Astray,
            FillAtOnce = backfill.Batches,
            NotNull = (table, column, _, _) => new(null, [phases.Modify(table, column)], [phases.Modify(table, column with { Nullable = true })]),
            ForeignKey = (add, _) => phases.ForeignKey(add),
            Check = (_, _) => null,
            Unique = (_, _) => null,
            SetDefault = phases.SetDefault,
            AddColumn = phases.AddColumn,
            DropConstraint = (table, name) => phases.Alter(table, $"DROP CONSTRAINT {phases.IfExists}{quote(name)}", Way.Instant, MySqlObject.OfConstraint(name, present: true)),
            NewName = phases.NewName,
            KeepName = MySqlKeptNames.Forms(),
            GoesWithoutKey = false,
            BuildsLeaveRemains = false,
            DropIndex = (table, name) => phases.Alter(table, $"DROP INDEX {phases.IfExists}{quote(name)}", Way.Light, MySqlObject.OfIndex(name, present: true)),
            BuildIndex = phases.BuildIndex,
            RenameIndex = phases.RenameIndex,
            ReplaceIndex = (table, name, other) => MySqlRoutine.When(
                MySqlObject.OfIndex(other, present: true).Condition(table), phases.Altered(table, $"DROP INDEX {quote(name)}, RENAME INDEX {quote(other)} TO {quote(name)}", Way.Light)),
            UniqueIndex = (table, key) => phases.Alter(table, $"ADD UNIQUE INDEX {phases.IfNotExists}{quote(key.Name!)} ({phases.List(key.Columns)})", Way.Build, MySqlObject.OfIndex(key.Name!, present: false)),
            HasLooseEquality = MySqlKeys.IsText,
            AnswersAnew = (sql, _) => MySqlDefaults.DiffersByRowOrRandom(new(sql, Constant: false)),
            Shadow = MySqlShadows.Forms,
            Exchange = new MySqlExchanges(traits, triggers, phases.Altered).Forms,
            Zero = (type, _) => Zero(type),
            Move = MySqlMoves.Forms(),
        };
    }

    private string IfExists => _traits.Guards ? "IF EXISTS " : "";

    private string IfNotExists => _traits.Guards ? "IF NOT EXISTS " : "";

    /// <summary>A key that comes back in a <c>Down</c> is checked as one that is added, without a copy.</summary>
    private string? Asserted(Change change, ServerState state, IReadOnlyList<string> statements) => change switch
    {
        AddForeignKey { ForeignKey.Name: not null } add when state.Model.Find(add.Table) is not null => ForeignKey(add) is var form ? $"{form.Announce}\n{form.Prove}" : null,
        AddColumn { Column: { Nullable: true, Default: null, ComputedSql: null } } add when statements is [var only] && only.Contains(" DEFAULT ", StringComparison.Ordinal) => AddColumn(add.Table, add.Column),
        _ => _assertions.Of(change, state, statements),
    };

    /// <summary>The rows are looked at before, because the server does not; and behind, for those that came between.</summary>
    private ConstraintForm ForeignKey(AddForeignKey add)
    {
        var (key, table, principal) = (add.ForeignKey, add.Table.Quoted(), add.ForeignKey.Principal.Quoted());
        var without = string.Join(" AND ", key.Columns.Select(column => $"`child`.{_quote(column)} IS NOT NULL"));
        var pairs = string.Join(" AND ", key.Columns.Zip(key.PrincipalColumns, (column, referenced) => $"`parent`.{_quote(referenced)} = `child`.{_quote(column)}"));
        var message = $"{add.Table} has rows without their {key.Principal}: {key.Name} cannot hold";
        var look = MySqlRoutine.Look(
            "safe_migrate_orphans", $"SELECT 1 FROM {table} AS `child` LEFT JOIN {principal} AS `parent` ON {pairs} WHERE {without} AND `parent`.{_quote(key.PrincipalColumns[0])} IS NULL",
            message);
        return new(
            $"""
            {look}
            SET SESSION foreign_key_checks = 0;
            {Alter(add.Table, Reference(key), Way.Rebuild, MySqlObject.OfConstraint(key.Name!, present: false))}
            SET SESSION foreign_key_checks = 1;
            """,
            look, [])
        {
            Look = look,
        };
    }

    private string Reference(ForeignKey key)
    {
        // The repeated name is what IF NOT EXISTS looks for.
        var named = _traits.Guards ? $"FOREIGN KEY IF NOT EXISTS {_quote(key.Name!)}" : "FOREIGN KEY";
        var deletes = key.OnDelete is { } action ? $" ON DELETE {action}" : "";
        return $"ADD CONSTRAINT {_quote(key.Name!)} {named} ({List(key.Columns)}) REFERENCES {key.Principal.Quoted()} ({List(key.PrincipalColumns)}){deletes}";
    }

    /// <summary>A primary key bears no name. A foreign key goes and comes in one statement: one of the two holds at any time, so no row is looked at.</summary>
    private string? NewName(Table table, string name, string newName)
    {
        if (table.PrimaryKey?.Name == name)
        {
            return "";
        }
        if (table.UniqueConstraints.Any(key => key.Name == name))
        {
            return RenameIndex(table.Name, name, newName);
        }
        if (table.ForeignKeys.FirstOrDefault(key => key.Name == name) is not { } foreign)
        {
            return null;
        }
        return $"""
            SET SESSION foreign_key_checks = 0;
            {Alter(table.Name, $"DROP FOREIGN KEY {IfExists}{_quote(name)}, {Reference(foreign with { Name = newName })}", Way.Light, MySqlObject.OfConstraint(name, present: true))}
            SET SESSION foreign_key_checks = 1;
            """;
    }

    // The names alone do not tell whether it was done: they are of one index before, and of another behind.
    private string RenameIndex(TableName table, string name, string newName) => MySqlRoutine.When(
        MySqlObject.OfIndex(newName, present: false).Condition(table), Altered(table, $"RENAME INDEX {_quote(name)} TO {_quote(newName)}", Way.Light));

    private string SetDefault(TableName table, string column, Default? value) =>
        Alter(table, $"ALTER COLUMN {IfExists}{_quote(column)} {(value is null ? "DROP DEFAULT" : $"SET DEFAULT {Given(value)}")}", Way.Instant, MySqlObject.OfColumn(column, present: true));

    private string Given(Default value) => value.Constant && _traits.TextTakesLiterals ? value.Sql : $"({value.Sql})";

    private string AddColumn(TableName table, Column column) =>
        Alter(table, $"ADD COLUMN {IfNotExists}{_quote(column.Name)} {Type(column)} {(column.Default is { } value ? $"NOT NULL DEFAULT {Given(value)}" : "NULL")}", Way.Instant, MySqlObject.OfColumn(column.Name, present: false));

    /// <summary>A column is altered by restating all of it; the rows are written anew while traffic goes on.</summary>
    private string Modify(TableName table, Column column)
    {
        var given = column.Default is { } value ? $" DEFAULT {(value.Constant ? value.Sql : $"({value.Sql})")}" : "";
        var comment = column.Comment is { } text ? $" COMMENT {Literals.Quoted(text.Replace("\\", "\\\\", StringComparison.Ordinal))}" : "";
        return Altered(table, $"MODIFY COLUMN {_quote(column.Name)} {Type(column)} {(column.Nullable ? "NULL" : "NOT NULL")}{given}{comment}", Way.Rebuild);
    }

    public static string Type(Column column) => string.Concat(
        column.Type,
        column.Charset is { } charset ? $" CHARACTER SET {charset}" : "",
        column.Collation is { } collation ? $" COLLATE {collation}" : "");

    private string BuildIndex(TableName table, Index index, string name, string? provided)
    {
        var unique = index.Unique ? "UNIQUE " : "";
        var named = $"INDEX {_quote(index.Name)} ON ";
        var made = provided?.IndexOf(named, StringComparison.Ordinal) is >= 0 and var at
            ? $"{provided[..at]}INDEX {_quote(name)} ON {provided[(at + named.Length)..].TrimEnd(' ', ';', '\n', '\r')}"
            : $"CREATE {unique}INDEX {_quote(name)} ON {table.Quoted()} ({List(index.Columns)})";
        return _assertions.Of(new CreateIndex(table, index with { Name = name }), Way.Build, made)!;
    }

    private static string? Zero(string type)
    {
        var parsed = MySqlType.Parse(type);
        return parsed.Name switch
        {
            "enum" => Literals.Quoted(MySqlType.ValuesOf(type)!.Values[0]),
            "date" => "'0001-01-01'",
            "datetime" => "'0001-01-01 00:00:00'",
            "timestamp" => "'1970-01-02 00:00:00'",
            "time" => "'00:00:00'",
            "decimal" or "float" or "double" or "bit" or "year" => "0",
            "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" or "set" or "binary" or "varbinary" => "''",
            "tinyblob" or "blob" or "mediumblob" or "longblob" => "''",
            "json" => "'{}'",
            "uuid" => "'00000000-0000-0000-0000-000000000000'",
            _ => parsed.IsInteger ? "0" : null,
        };
    }

    /// <summary>Types that providers give no default, because MySQL takes none but an expression.</summary>
    private static bool IsLarge(string type) =>
        MySqlType.Parse(type).Name is "tinytext" or "text" or "mediumtext" or "longtext" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "json" or "geometry";

    private string Alter(TableName table, string action, Way way, MySqlObject made) =>
        _traits.Guards ? Altered(table, action, way) : MySqlRoutine.When(made.Condition(table), Altered(table, action, way));

    private string Altered(TableName table, string action, Way way) =>
        $"ALTER TABLE {table.Quoted()} {action}, {string.Join(", ", _traits.Asked(way))};";

    private string List(IEnumerable<string> columns) =>
        string.Join(", ", columns.Select(column => column.StartsWith('(') ? column : _quote(column)));
}
