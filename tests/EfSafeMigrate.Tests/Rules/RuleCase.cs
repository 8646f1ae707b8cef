using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;

namespace EfSafeMigrate.Tests.Rules;

/// <summary>One schema change, on one engine, with what a rule is to say of it.</summary>
internal sealed record RuleCase(string Name, Severity? Expected)
{
    public const string Postgres = "postgresql";
    public const string Sqlite = "sqlite";
    public const string MySql = "mysql";
    public const string MariaDb = "mariadb";
    public const string SqlServer = "sqlserver";

    public string Engine { get; init; } = Postgres;

    /// <summary>The server's version; null for the one the engine assumes.</summary>
    public string? Version { get; init; }

    public string? Edition { get; init; }

    /// <summary>DDL that was applied before, after the shop's own.</summary>
    public string Setup { get; init; } = "";

    /// <summary>One migration's SQL each.</summary>
    public IReadOnlyList<string> Sql { get; init; } = [];

    public bool InTransaction { get; init; } = true;

    /// <summary>False when the SQL is about a table that no schema here has.</summary>
    public bool Runs { get; init; } = true;

    /// <summary>One migration's operations, where SQL cannot say what EF says.</summary>
    public IReadOnlyList<Change> Operations { get; init; } = [];

    /// <summary>Measured rows of <c>orders</c>; null when nobody measured.</summary>
    public long? Rows { get; init; }

    public long? Bytes { get; init; }

    public IReadOnlyList<Probe> Probes { get; init; } = [];

    /// <summary>True when the rules on design are asked as well.</summary>
    public bool Advice { get; init; }

    /// <summary>True when the SQL is a text of its own that no tool sets timeouts for.</summary>
    public bool Script { get; init; }

    /// <summary>What the team has decided; null for nothing.</summary>
    public Policy? Policy { get; init; }

    /// <summary>What the first migration is called.</summary>
    public string Migration { get; init; } = "";

    /// <summary>Why Down does not undo it.</summary>
    public string? NoWayBack { get; init; }

    /// <summary>True when the SQL ends as it stands here, without a semicolon that is taken for granted.</summary>
    public bool Verbatim { get; init; }

    /// <summary>A piece of the message.</summary>
    public string Says { get; init; } = "";

    /// <summary>The advice as followed, once for each way it leaves open; none where the cure is SQL that tests apply as it is.</summary>
    public IReadOnlyList<CuredForm> Forms { get; init; } = [];

    public static RuleCase Flagged(string name, Severity severity, params IReadOnlyList<string> sql) => new(name, severity) { Sql = sql };

    public static RuleCase FlaggedOperations(string name, Severity severity, params IReadOnlyList<Change> operations) =>
        new(name, severity) { Operations = operations };

    public static RuleCase Allowed(string name, params IReadOnlyList<string> sql) => new(name, null) { Sql = sql };

    public static RuleCase AllowedOperations(string name, params IReadOnlyList<Change> operations) => new(name, null) { Operations = operations };

    public RuleCase On(string engine) => this with { Engine = engine };

    public RuleCase AtVersion(string version) => this with { Version = version };

    public RuleCase OnSqlServer(string? edition = null) => this with { Engine = SqlServer, Edition = edition };

    public RuleCase Saying(string fragment) => this with { Says = fragment };

    public RuleCase After(string setup) => this with { Setup = setup };

    public RuleCase Outside() => this with { InTransaction = false };

    public RuleCase Advised() => this with { Advice = true };

    public RuleCase WithoutWayBack(string why) => this with { NoWayBack = why };

    public RuleCase AsWritten() => this with { Verbatim = true };

    public RuleCase AsScript() => this with { Script = true };

    public RuleCase Under(Policy policy) => this with { Policy = policy };

    public RuleCase Named(string migration) => this with { Migration = migration };

    public RuleCase WithRows(long rows, long? bytes = null) => this with { Rows = rows, Bytes = bytes };

    public RuleCase Asked(ProbeKind kind, string columns, long? found, string sample = "", long? looked = null, string? unanswered = null) => this with
    {
        Probes =
        [
            .. Probes,
            new(kind, new(null, Shop.Orders), columns.Split(", "), found, sample.Split(", ", StringSplitOptions.RemoveEmptyEntries), looked) { Unanswered = unanswered },
        ],
    };

    public RuleCase Cured(CuredForm form) => this with { Forms = [.. Forms, form] };

    public RuleCase Cured(params IReadOnlyList<Deployment> deployments) => Cured(new CuredForm(deployments));

    public override string ToString() => Name;
}
