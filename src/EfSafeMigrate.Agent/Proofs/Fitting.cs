using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EfSafeMigrate.Agent.Proofs;

/// <summary>Finds values that pass the checks a table has: the database is asked of each, and of those the check itself names.</summary>
internal sealed partial class Fitting(DbTransaction transaction, ISqlGenerationHelper sql)
{
    private const int Tries = 300;

    /// <exception cref="NotTriedException">None was found.</exception>
    public async Task FitAsync(IReadOnlyList<Cell> cells, RowRules rules, CancellationToken cancellation)
    {
        foreach (var table in cells.SelectMany(cell => cell.Columns).Select(place => place.Table).Distinct().ToArray())
        {
            foreach (var check in rules.Checks(table))
            {
                await FitAsync(table, check, cells, cancellation);
            }
        }
    }

    private async Task FitAsync(string table, string check, IReadOnlyList<Cell> cells, CancellationToken cancellation)
    {
        var places = cells.SelectMany(cell => cell.Columns.Where(place => place.Table == table).Select(place => (Cell: cell, place.Column))).ToArray();
        var named = places.Where(place => check.Contains(place.Column, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (named.Length == 0 || await PassesAsync(check, places, cancellation))
        {
            return;
        }
        var before = named.Select(place => place.Cell.Value).ToArray();
        var free = named.Where(place => place.Cell.Written).ToArray();
        foreach (var combination in Combinations([.. free.Select(place => Candidates(place.Cell, check))]).Take(Tries))
        {
            foreach (var (place, value) in free.Zip(combination))
            {
                place.Cell.Value = value;
            }
            if (await PassesAsync(check, places, cancellation))
            {
                return;
            }
        }
        foreach (var (place, value) in named.Zip(before).Where(pair => pair.First.Cell.Written))
        {
            place.Cell.Value = value;
        }
        throw new NotTriedException($"no value was found that passes the check {check}");
    }

    /// <summary>A check that refers to what is not there, or calls what cannot be asked, is left to the database.</summary>
    private async Task<bool> PassesAsync(string check, IReadOnlyList<(Cell Cell, string Column)> places, CancellationToken cancellation)
    {
        await transaction.SaveAsync("safe_migrate_fit", cancellation);
        try
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            var columns = places.Select((place, at) =>
            {
                var parameter = place.Cell.Property.GetRelationalTypeMapping().CreateParameter(command, $"@p{at}", place.Cell.Value, nullable: true);
                command.Parameters.Add(parameter);
                return $"{parameter.ParameterName} AS {sql.DelimitIdentifier(place.Column)}";
            });
#pragma warning disable CA2100 // The model's own check, over parameters.
            command.CommandText = $"SELECT CASE WHEN NOT ({check}) THEN 0 ELSE 1 END FROM (SELECT {string.Join(", ", columns)}) AS row_of_table";
#pragma warning restore CA2100
            return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) == 1;
        }
        catch (DbException)
        {
            return true;
        }
        finally
        {
            await transaction.RollbackAsync("safe_migrate_fit", CancellationToken.None);
        }
    }

    private static object?[] Candidates(Cell cell, string check)
    {
        var type = Nullable.GetUnderlyingType(cell.Property.ClrType) ?? cell.Property.ClrType;
        IEnumerable<object?> found = [cell.Value];
        if (type == typeof(string))
        {
            found = found.Concat(Quoted().Matches(check).Select(match => match.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal))).Concat(["a", "A", "a@b.cd", "1", ""]);
        }
        else if (type == typeof(bool))
        {
            found = found.Concat([true, false]);
        }
        else if (type.IsPrimitive || type == typeof(decimal))
        {
            var numbers = Number().Matches(check).Select(match => decimal.TryParse(match.Value, NumberStyles.Any, CultureInfo.InvariantCulture, out var number) ? number : 0).SelectMany(number => new[] { number, number + 1, number - 1 });
            found = found.Concat(numbers.Concat([1, 0, 2, 10, 100, -1]).Select(number => Number(number, type)));
        }
        return [.. found.Concat(cell.Property.IsNullable ? [null] : Array.Empty<object?>()).Distinct()];
    }

    private static object? Number(decimal number, Type type)
    {
        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is OverflowException or InvalidCastException)
        {
            return Convert.ChangeType(1, type, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What changes least first.</summary>
    private static IEnumerable<object?[]> Combinations(object?[][] candidates) => candidates.Length == 0 ? []
        : candidates.Aggregate<object?[], IEnumerable<object?[]>>([[]], (all, next) => all.SelectMany(begun => next.Select(value => begun.Append(value).ToArray())));

    [GeneratedRegex("'((?:[^']|'')*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
