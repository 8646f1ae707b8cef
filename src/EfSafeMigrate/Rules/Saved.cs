using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>Whether a statement of the change set has copied a table's rows before they go.</summary>
internal static class Saved
{
    public static string Sql(Situation situation, TableName table) =>
        situation.Engine.CopyOfTable(situation.Engine.QuoteTable(table), situation.Engine.QuoteTable(table with { Name = $"{table.Name}_saved" }));

    public static bool Rows(Situation situation, TableName table) => situation.EarlierInSet.Any(earlier => earlier switch
    {
        CreateTable { Temporary: false } create => create.From.Any(table.Matches),
        InsertRows insert => !insert.Table.Matches(table) && insert.From.Any(table.Matches),
        _ => false,
    });
}
