using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Sqlite.SqliteImpact;

namespace EfSafeMigrate.Engines.Sqlite;

/// <summary><c>ALTER TABLE … ADD COLUMN</c>: SQLite never fills the existing rows, so what it would have to fill it refuses unless the table is empty.</summary>
internal static partial class SqliteAddColumn
{
    public static Impact ImpactOf(AddColumn add, ServerState state)
    {
        var column = add.Column;
        var checks = add.Inline.OfType<AddCheckConstraint>().Any() || column is { ComputedSql: not null, Nullable: false };
        return Writing(add.Table, checks ? Work.Scan : Work.Metadata, FailsOnRows(add) | (checks ? FailsIf.ViolationsExist : FailsIf.Nothing)) with
        {
            Refused = Refused(add, state),
        };
    }

    private static FailsIf FailsOnRows(AddColumn add)
    {
        var column = add.Column;
        if (column.ComputedSql is not null)
        {
            return column.Stored ? FailsIf.RowsExist : FailsIf.Nothing;
        }
        var required = !column.Nullable && (column.Default is null || IsNull(column.Default));
        var computed = column.Default is { } value && !value.Constant && !Literal().IsMatch(value.Sql);
        var references = column.Default is { } given && !IsNull(given) && add.Inline.OfType<AddForeignKey>().Any();
        return required || computed || references ? FailsIf.RowsExist : FailsIf.Nothing;
    }

    private static string? Refused(AddColumn add, ServerState state) =>
        add.Inline.OfType<AddPrimaryKey>().Any() ? $"SQLite cannot add column `{add.Column.Name}` as a primary key."
        : add.Inline.OfType<AddUniqueConstraint>().Any() ? $"SQLite cannot add column `{add.Column.Name}` as UNIQUE: create a unique index."
        : state.Model.Find(add.Table)?.Column(add.Column.Name) is not null ? $"Table `{add.Table}` already has a column `{add.Column.Name}`."
        : null;

    private static bool IsNull(Default value) => value.Sql.Trim(' ', '(', ')').Equals("NULL", StringComparison.OrdinalIgnoreCase);

    /// <summary>What counts as constant: a literal, signed or in parentheses; neither an expression nor CURRENT_TIMESTAMP.</summary>
    [GeneratedRegex(@"^\s*\(*\s*(?:[+-]?\s*[\d.]+(?:e[+-]?\d+)?|x?'(?:[^']|'')*'|NULL|TRUE|FALSE)\s*\)*\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Literal();
}
