using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>What an advice says in a few words, as a developer writes it.</summary>
internal static class Ways
{
    private static readonly PhaseForms Forms = RuleCaseRun.Engine(RuleCase.Postgres).Phases!;

    /// <summary>The change is left out, and the model keeps the names it has.</summary>
    public static readonly CuredForm LeftOut = new([Deployment.Of()]);

    public static Deployment Deploy(params IReadOnlyList<CuredMigration> migrations) => Deployment.Of(migrations);

    public static CuredMigration Outside(string sql) => CuredMigration.Outside(sql);

    public static CuredMigration Concurrently(string table, string index, string columns) =>
        Outside($"CREATE UNIQUE INDEX CONCURRENTLY {index} ON {table} ({columns})");

    /// <summary>In batches, each in a transaction of its own.</summary>
    public static CuredMigration Filled(string table, string column, string expression, string? key = "id", bool onlyNulls = true) =>
        Outside(Forms.Backfill(new(new(null, table), key is null ? [] : [key], column, expression) { NullsOnly = onlyNulls }));

    /// <summary>Required, without a scan under a lock.</summary>
    public static IReadOnlyList<CuredMigration> Proved(string table, string column) =>
    [
        $"ALTER TABLE {table} ADD CONSTRAINT ck_proof CHECK ({column} IS NOT NULL) NOT VALID",
        $"ALTER TABLE {table} VALIDATE CONSTRAINT ck_proof",
        $"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL; ALTER TABLE {table} DROP CONSTRAINT ck_proof",
    ];

    /// <summary>A limit held by a CHECK instead of the type, once the rows that break it are corrected.</summary>
    public static CuredForm Held(string correction, string check) => new(
    [
        Deploy(correction),
        Deploy($"ALTER TABLE orders ADD CONSTRAINT ck_limit CHECK ({check}) NOT VALID", "ALTER TABLE orders VALIDATE CONSTRAINT ck_limit"),
    ]);

    /// <summary>Unmapped, set aside, dropped: three releases.</summary>
    public static IReadOnlyList<Deployment> Retired(string table, string column, string prepare = "") =>
    [
        (prepare.Length == 0 ? Deploy() : Deploy(prepare)).Unmapping($"{table}.{column}"),
        .. SetAside(table, column),
    ];

    public static IReadOnlyList<Deployment> Retired(string table) =>
    [
        Deploy().Unmapping(table),
        Deploy($"ALTER TABLE {table} RENAME TO {table.Split('.')[^1]}_dropped"),
        Deploy($"DROP TABLE {table}_dropped"),
    ];

    /// <summary>A column beside the old one until no release reads that.</summary>
    public static IReadOnlyList<Deployment> Beside(string table, string old, string fresh, string type, string up = "{old}", string down = "{new}", bool mapped = true)
    {
        var names = new ObjectNames($"tr_{old}", $"fn_{old}", $"ct_{old}", $"sq_{old}");
        var sync = Forms.Sync(
            new(new(null, table), [new(old, down.Replace("{new}", $"\"{fresh}\"", StringComparison.Ordinal))], [new(fresh, up.Replace("{old}", $"\"{old}\"", StringComparison.Ordinal))]), names);
        var both = Deploy(
            $"ALTER TABLE {table} ADD COLUMN {fresh} {type}", CuredMigration.Of(string.Join('\n', sync.Create)) with { Phased = true },
            Filled(table, fresh, up.Replace("{old}", old, StringComparison.Ordinal)));
        return
        [
            mapped ? both.Unmapping($"{table}.{old}") : both,
            Deploy(string.Join('\n', sync.Drop)),
            .. SetAside(table, old),
        ];
    }

    private static IReadOnlyList<Deployment> SetAside(string table, string column) =>
    [
        Deploy($"ALTER TABLE {table} RENAME COLUMN {column} TO {column}_dropped"),
        Deploy($"ALTER TABLE {table} DROP COLUMN {column}_dropped"),
    ];
}
