using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresEngine
{
    /// <summary>Before <see cref="Value"/>, which is made of it.</summary>
    public static readonly Engine Value = new()
    {
        Id = "postgresql",
        Name = "PostgreSQL",
        Providers = ["Npgsql.EntityFrameworkCore.PostgreSQL"],
        KnownAs = ["postgresql", "postgres", "pg"],
        BatchesAreTransactions = true,
        Assumed = new(15),
        ImpactOf = ImpactOf,
        Quote = Quote,
        Provider = NpgsqlForms.Value(Quote),
        Tests = PostgresTests.Value,
        ViewsTakeWrites = true,
        DiffersByRow = PostgresVolatility.IsVolatile,
        CaselessText = "citext",
        Documents = ("json", "jsonb"),
        IndexWithoutColumn = "is dropped with it",
        Catalogue = PostgresCatalogue.Value,
        Probes = PostgresProbes.Value,
        ProvesLater = true,
        Names = PostgresDesign.Names,
        Design = PostgresDesign.Forms,
        Online = PostgresUpkeepCures.Into(PostgresCures.Forms(Quote), Quote),
        Waiting = PostgresSession.Waiting,
        Session = PostgresSession.Settings,
        FlawOf = PostgresFlaws.Of,
        Phases = PostgresPhases.Forms(Quote),
        Updates = PostgresUpdates.Value,
        Scripts = PsqlScripts.Value,
        Schema = PostgresSchemaLines.Value,
        Live = PostgresLiveSchema.Value(name => Value!.Quote(name)),
        Rehearsals = PostgresRehearsals.Value,
        Scratch = PostgresScratch.Value,
        Backups = PostgresBackups.Value,
        Throttles = PostgresThrottles.Value,
        Monitoring = PostgresMonitoring.Queries,
        Incompatibilities = PostgresMonitoring.Incompatibilities,
        Backfill = PostgresBatches.Forms(Quote),
        // Median elapsed time on 200 000 rows over PostgreSQL 12–18: add_check 68 ms, create_index 127 ms, alter_type_int_to_bigint 1401 ms
        // (with its four indexes), update_all_rows 4346 ms.
        Rates = new(Scan: 3_000_000, IndexBuild: 1_500_000, Rewrite: 250_000, RowChanges: 45_000),
    };

    private static Impact? ImpactOf(Change change, ServerState state)
    {
        var impact = PostgresColumns.ImpactOf(change, state)
            ?? PostgresIndexes.ImpactOf(change, state)
            ?? PostgresKeys.ImpactOf(change, state)
            ?? PostgresConstraints.ImpactOf(change, state)
            ?? PostgresTables.ImpactOf(change, state)
            ?? PostgresPartitions.ImpactOf(change, state)
            ?? PostgresData.ImpactOf(change, state)
            ?? PostgresOther.ImpactOf(change, state);
        if (impact is null)
        {
            return null;
        }
        var judged = (impact with { Basis = PostgresBasis.Of(change, state) })
            .Refuse(state.FreshValueIn(change, ofOwnTypes: !state.Version.IsAtLeast(17)) is { } value ? $"The value `{value}` is new in this transaction and cannot be used before it commits." : null);
        return judged.Transactional ? judged
            : change.Block is not null ? judged.Refuse("The statement cannot run inside a DO block, a function or a procedure.")
            : change.InTransaction ? judged.Refuse("The statement cannot run inside a transaction block.")
            : judged;
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
