using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>What stands in the project after somebody has followed an advice: deployments, one after the other, each with its release.</summary>
internal sealed record CuredForm(IReadOnlyList<Deployment> Deployments)
{
    /// <summary>Rules that still speak, never more gravely than before; each form names all of them.</summary>
    public IReadOnlyList<string> Leaves { get; init; } = [];

    public CuredForm Leaving(params IReadOnlyList<string> rules) => this with { Leaves = rules };
}

/// <summary>Migrations that reach the database together.</summary>
internal sealed record Deployment(IReadOnlyList<CuredMigration> Migrations)
{
    /// <summary>Tables and columns that the release of this deployment maps no longer, though no operation drops them.</summary>
    public IReadOnlyList<string> Unmapped { get; init; } = [];

    /// <summary>DDL of what its model has already and its migrations leave out.</summary>
    public string Ahead { get; init; } = "";

    public IReadOnlyList<Probe> Probes { get; init; } = [];

    public bool NoTraffic { get; init; }

    public static Deployment Of(params IReadOnlyList<CuredMigration> migrations) => new(migrations);

    public Deployment Unmapping(params IReadOnlyList<string> names) => this with { Unmapped = names };

    public Deployment Declaring(string ddl) => this with { Ahead = ddl };

    public Deployment WithoutTraffic() => this with { NoTraffic = true };

    /// <summary>The data was looked at, and nothing stands in the way.</summary>
    public Deployment Looked(ProbeKind kind, string table, string columns) => this with
    {
        Probes = [.. Probes, new(kind, new(null, table), columns.Split(", "), 0, [], 1_204_551)],
    };
}

/// <param name="Parts">Statements and operations, in order.</param>
internal sealed record CuredMigration(IReadOnlyList<CuredPart> Parts, bool InTransaction = true)
{
    /// <summary>True when the tool writes it, as part of a plan.</summary>
    public bool Phased { get; init; }

    public static implicit operator CuredMigration(string sql) => Of(sql);

    public static implicit operator CuredMigration(Change operation) => Of(operation);

    public static CuredMigration Of(params IReadOnlyList<CuredPart> parts) => new(parts);

    public static CuredMigration Outside(string sql) => new([sql], InTransaction: false);
}

/// <summary>SQL somebody wrote, or an operation of EF.</summary>
internal sealed record CuredPart(string? Sql, Change? Operation)
{
    public static implicit operator CuredPart(string sql) => new(sql, null);

    public static implicit operator CuredPart(Change operation) => new(null, operation);
}
