using System.Globalization;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Engines.Postgres;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>Rows that a change is said to fail on: how to look for them, and how to put one there.</summary>
internal sealed record Plant(FailsIf Kind, TableName Table, string Exists, string? Sql)
{
    /// <summary>The states that say so when the server meets such a row.</summary>
    public static bool Explains(FailsIf kind, string? state) => kind switch
    {
        FailsIf.RowsExist or FailsIf.NullsExist => state == "23502",
        FailsIf.DuplicatesExist => state == "23505",
        FailsIf.OrphansExist => state == "23503",
        FailsIf.ViolationsExist => state == "23514",
        FailsIf.ValuesDoNotFit => state?.StartsWith("22", StringComparison.Ordinal) == true,
        _ => false,
    };

    public static IEnumerable<Plant> Of(Step step) =>
        from situation in step.Situations
        where situation.Change.Target is not null && situation.Impact.Refused is null
        from change in situation.Change is AddColumn add ? [add, .. add.Inline] : (Change[])[situation.Change]
        from plant in Of(change, situation)
        // That a wider type takes the largest value of the old one is worth seeing as well.
        where plant.Kind == FailsIf.ValuesDoNotFit || situation.Impact.FailsIf.HasFlag(plant.Kind)
        select plant;

    private static IEnumerable<Plant> Of(Change change, Situation situation)
    {
        var table = change.Target!;
        var name = $"\"{table.Name}\"";
        switch (change)
        {
            case AddColumn:
                yield return new(FailsIf.RowsExist, table, $"EXISTS (SELECT FROM {name})", null);
                break;
            case AlterColumn alter:
                yield return Null(table, alter.New.Name);
                if (Largest(situation.Before.Find(table)?.Column(alter.New.Name)?.Type) is { } largest)
                {
                    yield return new(FailsIf.ValuesDoNotFit, table, "false", Set(table, $"\"{alter.New.Name}\" = {largest}"));
                }
                break;
            case AddNotNullConstraint add:
                yield return Null(table, add.Column);
                break;
            case AddPrimaryKey add:
                var columns = situation.Before.Find(table)?.Indexes.FirstOrDefault(index => index.Name == add.Index)?.Columns ?? add.Key.Columns;
                yield return Null(table, columns[0]);
                yield return Twice(table, columns);
                break;
            case AddUniqueConstraint add:
                yield return Twice(table, add.Key.Columns);
                break;
            case CreateIndex { Index.Unique: true } create:
                yield return Twice(table, create.Index.Columns);
                break;
            case AddForeignKey { ForeignKey: { Columns: [var column], Principal.Name: var principal, PrincipalColumns: [var key] } }:
                yield return new(
                    FailsIf.OrphansExist,
                    table,
                    $"EXISTS (SELECT FROM {name} t WHERE t.\"{column}\" IS NOT NULL AND NOT EXISTS (SELECT FROM \"{principal}\" p WHERE p.\"{key}\" = t.\"{column}\"))",
                    Set(table, $"\"{column}\" = -1"));
                break;
            default:
                break;
        }
    }

    private static Plant Null(TableName table, string column) =>
        new(FailsIf.NullsExist, table, $"EXISTS (SELECT FROM \"{table.Name}\" WHERE \"{column}\" IS NULL)", Set(table, $"\"{column}\" = NULL"));

    private static Plant Twice(TableName table, IReadOnlyList<string> columns)
    {
        var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
        return new(
            FailsIf.DuplicatesExist,
            table,
            $"EXISTS (SELECT FROM \"{table.Name}\" WHERE ({list}) IS NOT NULL GROUP BY {list} HAVING count(*) > 1)",
            Set(table, $"({list}) = (SELECT {list} FROM \"{table.Name}\" ORDER BY ctid DESC LIMIT 1)"));
    }

    private static string Set(TableName table, string assignment) =>
        $"UPDATE \"{table.Name}\" SET {assignment} WHERE ctid = (SELECT min(ctid) FROM \"{table.Name}\")";

    private static string? Largest(string? type)
    {
        if (type is null)
        {
            return null;
        }
        var (name, modifiers) = (PostgresTypeName.Parse(type).Name, PostgresTypeName.Parse(type).Modifiers);
        return name switch
        {
            "smallint" => "32767",
            "integer" => "2147483647",
            "bigint" => "9223372036854775807",
            "numeric" when modifiers is [var digits, var scale] => $"{new string('9', digits - scale)}.{new string('9', scale)}",
            "text" => "repeat('x', 2000)",
            "varchar" => string.Create(CultureInfo.InvariantCulture, $"repeat('x', {(modifiers is [var length] ? length : 2000)})"),
            _ => null,
        };
    }
}
