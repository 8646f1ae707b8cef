using EfSafeMigrate.Changes;
using static EfSafeMigrate.Engines.Postgres.PostgresImpact;

namespace EfSafeMigrate.Engines.Postgres;

internal static class PostgresPartitions
{
    public static Impact? ImpactOf(Change change, ServerState state) => change switch
    {
        AttachPartition attach => Attach(attach, state),
        DetachPartition { Concurrently: true } detach =>
            Taking(LockMode.ShareUpdateExclusive, detach.Table).With([LockMode.AccessExclusive.On(detach.Partition)]) with
            {
                Transactional = false,
                Refused = !state.Version.IsAtLeast(14) ? $"PostgreSQL {state.Version} has no DETACH PARTITION … CONCURRENTLY."
                    : state.Model.PartitionsOf(detach.Table).Any(other => other.DefaultPartition)
                        ? $"`{detach.Table}` has a default partition: a partition cannot be detached concurrently."
                    : null,
            },
        DetachPartition detach =>
            Taking(LockMode.AccessExclusive, detach.Table)
                .With([(state.Version.IsAtLeast(14) ? LockMode.AccessExclusive : LockMode.ShareUpdateExclusive).On(detach.Partition)]) with
            {
                OnlineForm = state.Version.IsAtLeast(14) ? "DETACH PARTITION … CONCURRENTLY, outside a transaction" : null,
            },
        _ => null,
    };

    private static Impact Attach(AttachPartition attach, ServerState state)
    {
        var parent = state.Model.Find(attach.Table);
        var partition = state.Model.Find(attach.Partition);
        var overflow = state.Model.PartitionsOf(attach.Table).FirstOrDefault(other => other.DefaultPartition);
        var scans = !Proves(partition, attach.Bounds, outside: false) || (overflow is not null && !Proves(overflow, attach.Bounds, outside: true));
        var nullable = parent?.Columns.FirstOrDefault(column => !column.Nullable && partition?.Column(column.Name) is { Nullable: true });
        return Taking(LockMode.ShareUpdateExclusive, attach.Table, scans ? Work.Scan : Work.Metadata)
            .With(LockMode.AccessExclusive.OnTree(attach.Partition, state.Model))
            .With(overflow is null ? [] : [LockMode.AccessExclusive.On(overflow.Name)]) with
        {
            FailsIf = FailsIf.ViolationsExist,
            OnlineForm = scans ? "a validated CHECK that repeats the partition's bounds, added beforehand" : null,
            Refused = nullable is null ? null : $"Column `{nullable.Name}` of `{attach.Partition}` is nullable and the parent's is NOT NULL.",
        };
    }

    /// <summary>
    /// A validated CHECK that names every value of the bounds spares the scan; for the default partition the CHECK has to exclude them.
    /// </summary>
    private static bool Proves(Table? table, string? bounds, bool outside)
    {
        var values = SqlText.Literals(bounds ?? "").ToArray();
        return values.Length > 0 && table?.Checks.Any(check =>
            check.Validated
            && values.All(value => check.Sql.Contains(value, StringComparison.Ordinal))
            && SqlText.Excludes(check.Sql) == outside) == true;
    }
}
