using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>The forms that let traffic through, of statements that take something away or make it anew.</summary>
internal sealed class PostgresUpkeepCures
{
    private readonly Func<string, string> _quote;

    private PostgresUpkeepCures(Func<string, string> quote) => _quote = quote;

    public static OnlineForms Into(OnlineForms forms, Func<string, string> quote)
    {
        var cures = new PostgresUpkeepCures(quote);
        return forms with
        {
            DropIndex = cures.DropIndex,
            Reindex = cures.Reindex,
            Detach = cures.Detach,
            Refresh = cures.Refresh,
            Domain = cures.Domain,
        };
    }

    private Cure? DropIndex(DropIndex drop, ServerState state) =>
        drop.Table is { } table && state.Model.IsPartitioned(table)
            ? null
            : Alone($"Drop {drop.Name} concurrently, in a migration that holds nothing else",
                $"DROP INDEX CONCURRENTLY IF EXISTS {Quoted(new(drop.Table?.Schema, drop.Name))};");

    private Cure? Reindex(Reindex reindex, ServerState state) => reindex switch
    {
        { Index: { } index } => Alone($"Build {index} anew concurrently, in a migration that holds nothing else",
            $"REINDEX INDEX CONCURRENTLY {Quoted(new(reindex.Table?.Schema, index))};"),
        { Table: { } table } => Alone($"Build the indexes of {table} anew concurrently, in a migration that holds nothing else",
            $"REINDEX TABLE CONCURRENTLY {Quoted(table)};"),
        _ => null,
    };

    private Cure? Detach(DetachPartition detach, ServerState state) =>
        !state.Version.IsAtLeast(14) || state.Model.PartitionsOf(detach.Table).Any(partition => partition.DefaultPartition)
            ? null
            : Alone($"Detach {detach.Partition} concurrently, in a migration that holds nothing else",
                $"ALTER TABLE {Quoted(detach.Table)} DETACH PARTITION {Quoted(detach.Partition)} CONCURRENTLY;");

    private Cure? Refresh(RefreshView refresh, ServerState state) =>
        state.Model.Find(refresh.View)?.Indexes.Any(index => index is { Unique: true, Filter: null } && !index.Columns.Any(column => column.StartsWith('('))) == true
            ? new($"Refresh {refresh.View} concurrently: readers keep the old rows until the new ones stand",
                [new([$"REFRESH MATERIALIZED VIEW CONCURRENTLY {Quoted(refresh.View)};"])])
            : null;

    private Cure? Domain(AlterDomain alter, ServerState state) => alter.Check is { Name: { } name } check
        ? new($"Add the constraint NOT VALID: values that are written from then on are held to it, and nothing is read",
            [new([$"ALTER DOMAIN {Quoted(new(alter.Schema, alter.Name))} ADD CONSTRAINT {_quote(name)} CHECK ({check.Sql}) NOT VALID;"])])
        : null;

    private static Cure Alone(string advice, string sql) => new(advice, [new([sql], OutsideTransaction: true)]);

    private string Quoted(TableName table) => table.Quoted(_quote);
}
