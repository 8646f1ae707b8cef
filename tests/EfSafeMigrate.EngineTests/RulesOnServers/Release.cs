using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.EngineTests.RulesOnServers;

/// <summary>What a release sends that was built with a model: every mapped column is named.</summary>
internal static class Release
{
    public static IReadOnlyList<string> Statements(DatabaseModel model, Engine engine) =>
    [
        .. from table in model.Tables
           where table is { Kind: TableKind.Table, Columns.Count: > 0 }
           let name = engine.QuoteTable(table.Name)
           let read = string.Join(", ", table.Columns.Select(column => engine.Quote(column.Name)))
           let written = string.Join(", ", table.Columns.Where(column => column.ComputedSql is null && !column.Identity).Select(column => engine.Quote(column.Name)))
           from sql in new[] { $"SELECT {read} FROM {name} LIMIT 1", $"INSERT INTO {name} ({written}) SELECT {written} FROM {name} LIMIT 1" }
           select sql,
    ];
}
