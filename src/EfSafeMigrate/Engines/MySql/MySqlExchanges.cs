using EfSafeMigrate.Changes;
using Index = EfSafeMigrate.Changes.Index;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>
/// A column that gets another type trades names with the one that followed it: <c>RENAME COLUMN a TO b, RENAME COLUMN b TO a</c> is a change of the
/// dictionary. The triggers go on in the same words, then from the new column to the old one. Which column stands first tells whether it was done.
/// </summary>
internal sealed class MySqlExchanges(MySqlPhaseTraits traits, MySqlTriggers triggers, Func<TableName, string, Way, string> altered)
{
    private readonly Func<string, string> _quote = MySqlQuestions.Quote;

    public ExchangeForms Forms => new()
    {
        Refusal = Refusal,
        RefuseDependents = RefuseDependents,
        Follow = (spec, names) => triggers.Follow(spec, MySqlShadows.Image(spec, $"NEW.{_quote(spec.Column)}"), names),
        Guard = Guard,
        Look = Look,
        Add = Add,
        Restate = (table, column) => altered(table, $"MODIFY COLUMN {Definition(column)}", Way.Rebuild),
        Trade = Trade,
        Before = Before,
        DropColumn = DropColumn,
    };

    private static string? Refusal(Table table, Column old, Column fresh)
    {
        var name = old.Name;
        return old.Charset != fresh.Charset ? "its character set changes as well; do that in a migration of its own"
            : old.OnUpdate is not null || fresh.OnUpdate is not null ? "the database renews it with every write"
            : table.Checks.FirstOrDefault(check => check.Sql.MentionsColumn(name)) is { } check ? $"the check {check.Name} reads it, and a check is added by a copy of the table"
            : table.Columns.FirstOrDefault(column => column.ComputedSql.MentionsColumn(name)) is { } computed ? $"{computed.Name} is computed from it"
            : table.Indexes.FirstOrDefault(index => index.Method is not null && index.Uses(name)) is { } index ? $"{index.Name} is no ordinary index"
            : null;
    }

    private string RefuseDependents(TableName table, string column, IReadOnlyList<Index> known)
    {
        var (schema, name) = (table.Schema is { } said ? MySqlRoutine.Text(said) : "DATABASE()", MySqlRoutine.Text(column));
        var at = $"table_schema = {schema} AND table_name = {MySqlRoutine.Text(table.Name)}";
        var mention = MySqlRoutine.Text($"`{column.Replace("`", "``", StringComparison.Ordinal)}`");
        var names = known.Count == 0 ? "''" : string.Join(", ", known.Select(index => MySqlRoutine.Text(index.Name)));
        var message = MySqlRoutine.Message($"{table}.{column} cannot be replaced: something that no model has stands on it");
        return MySqlRoutine.Run("safe_migrate_dependents", $"""
                DECLARE found text;
                SELECT what INTO found FROM (
                    SELECT CONCAT('the index ', index_name) AS what FROM information_schema.statistics WHERE {at} AND column_name = {name} AND index_name NOT IN ({names})
                    UNION ALL SELECT CONCAT('the order, length or kind of the index ', index_name) FROM information_schema.statistics
                        WHERE {at} AND index_name IN ({names}) AND (sub_part IS NOT NULL OR collation = 'D' OR index_type <> 'BTREE')
                    UNION ALL SELECT CONCAT('the foreign key ', constraint_name) FROM information_schema.key_column_usage WHERE {at} AND column_name = {name} AND referenced_table_name IS NOT NULL
                    UNION ALL SELECT CONCAT('a foreign key of ', table_name) FROM information_schema.key_column_usage
                        WHERE referenced_table_schema = {schema} AND referenced_table_name = {MySqlRoutine.Text(table.Name)} AND referenced_column_name = {name}
                    UNION ALL SELECT CONCAT('the computed column ', column_name) FROM information_schema.columns WHERE {at} AND INSTR(generation_expression, {mention}) > 0
                    UNION ALL SELECT CONCAT('the check ', c.constraint_name) FROM information_schema.check_constraints c JOIN information_schema.table_constraints t
                        ON t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name{(traits.Guards ? " AND t.table_name = c.table_name" : "")}
                        WHERE t.table_schema = {schema} AND t.table_name = {MySqlRoutine.Text(table.Name)} AND INSTR(c.check_clause, {mention}) > 0
                    UNION ALL SELECT 'rights' FROM information_schema.column_privileges WHERE {at} AND column_name = {name}
                    UNION ALL SELECT 'partitions' FROM information_schema.partitions WHERE {at} AND INSTR(partition_expression, {mention}) > 0
                    UNION ALL SELECT 'what the database does with it' FROM information_schema.columns WHERE {at} AND column_name = {name} AND extra <> ''
                ) AS dependents LIMIT 1;
                IF found IS NOT NULL THEN
                    SET @safe_migrate_message = LEFT(CONCAT({message}, ': ', found), 128);
                    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @safe_migrate_message;
                END IF;
            """);
    }

    private TriggerObjects Guard(ShadowSpec spec, ObjectNames names) => MySqlTriggers.Refuse(
        spec.Table, MySqlShadows.Misfit(spec, $"NEW.{_quote(spec.Column)}") ?? "FALSE", $"{spec.Table}.{spec.Column}: {spec.NewType} has no place for the value", names);

    private string Look(ShadowSpec spec) => MySqlRoutine.Look(
        "safe_migrate_fits", $"SELECT 1 FROM {spec.Table.Quoted()} WHERE {MySqlShadows.Misfit(spec, _quote(spec.Column)) ?? "FALSE"}",
        $"{spec.Table}.{spec.Column} has values for which {spec.NewType} has no place");

    private string Add(TableName table, Column column, bool first)
    {
        var added = $"ADD COLUMN {(traits.Guards ? "IF NOT EXISTS " : "")}{Definition(column with { Nullable = true, Default = null, Comment = null })}{(first ? " FIRST" : "")}";
        var sql = altered(table, added, Way.Instant);
        return traits.Guards ? sql : MySqlRoutine.When(MySqlObject.OfColumn(column.Name, present: false).Condition(table), sql);
    }

    private string Trade(ShadowSpec spec, IReadOnlyList<(string Name, string Other)> indexes)
    {
        var (one, other) = (_quote(spec.Column), _quote(spec.Shadow));
        string[] actions =
        [
            $"RENAME COLUMN {one} TO {other}", $"RENAME COLUMN {other} TO {one}",
            .. indexes.SelectMany(index => new[] { $"RENAME INDEX {_quote(index.Name)} TO {_quote(index.Other)}", $"RENAME INDEX {_quote(index.Other)} TO {_quote(index.Name)}" }),
        ];
        return Before(spec, altered(spec.Table, string.Join(", ", actions), indexes.Count > 0 ? traits.RenamesIndexes : Way.Instant));
    }

    private static string Before(ShadowSpec spec, string sql)
    {
        var at = $"table_schema = {(spec.Table.Schema is { } said ? MySqlRoutine.Text(said) : "DATABASE()")} AND table_name = {MySqlRoutine.Text(spec.Table.Name)}";
        string Place(string column) => $"(SELECT ordinal_position FROM information_schema.columns WHERE {at} AND column_name = {MySqlRoutine.Text(column)})";
        return MySqlRoutine.When($"{Place(spec.Column)} < {Place(spec.Shadow)}", sql);
    }

    private string DropColumn(TableName table, string column, IReadOnlyList<string> indexes)
    {
        var sql = altered(table, string.Join(", ", indexes.Select(index => $"DROP INDEX {_quote(index)}").Append($"DROP COLUMN {_quote(column)}")), traits.DropsIndexed(indexes.Count > 0));
        return MySqlRoutine.When(MySqlObject.OfColumn(column, present: true).Condition(table), sql);
    }

    private string Definition(Column column)
    {
        var given = column.Default is { } value ? $" DEFAULT {(value.Constant && traits.TextTakesLiterals ? value.Sql : $"({value.Sql})")}" : "";
        var comment = column.Comment is { } text ? $" COMMENT {MySqlRoutine.Text(text)}" : "";
        return $"{_quote(column.Name)} {MySqlPhases.Type(column)} {(column.Nullable ? "NULL" : "NOT NULL")}{given}{comment}";
    }
}
