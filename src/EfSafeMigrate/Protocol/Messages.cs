using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Protocol;

/// <summary>What the tool asks of the agent: one JSON object a line, answered by a <see cref="Reply"/> of the same id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HelloRequest), "hello")]
[JsonDerivedType(typeof(ContextsRequest), "contexts")]
[JsonDerivedType(typeof(OpenRequest), "open")]
[JsonDerivedType(typeof(DescribeRequest), "describe")]
[JsonDerivedType(typeof(ModelsRequest), "models")]
[JsonDerivedType(typeof(ConnectRequest), "connect")]
[JsonDerivedType(typeof(QueryRequest), "query")]
[JsonDerivedType(typeof(AppliedRequest), "applied")]
[JsonDerivedType(typeof(BatchRequest), "batch")]
[JsonDerivedType(typeof(MigrateRequest), "migrate")]
[JsonDerivedType(typeof(ScaffoldRequest), "scaffold")]
[JsonDerivedType(typeof(StagesRequest), "stages")]
[JsonDerivedType(typeof(ConnectionTextRequest), "connection-text")]
[JsonDerivedType(typeof(ColumnMeaningsRequest), "column-meanings")]
[JsonDerivedType(typeof(MappedPropertiesRequest), "mapped-properties")]
[JsonDerivedType(typeof(DisconnectRequest), "disconnect")]
[JsonDerivedType(typeof(ProofRequest), "proof")]
[JsonDerivedType(typeof(CopyRequest), "copy")]
[JsonDerivedType(typeof(LinesRequest), "lines")]
[JsonDerivedType(typeof(CancelRequest), "cancel")]
[JsonDerivedType(typeof(CloseRequest), "close")]
internal abstract record Request
{
    public int Id { get; init; }

    /// <summary>The connection it is for: requests of one connection wait for each other, others do not. Null for what needs none.</summary>
    public string? Session { get; init; }
}

/// <summary>First message: where the user's application is.</summary>
internal sealed record HelloRequest : Request
{
    public required string Assembly { get; init; }
    public required string StartupAssembly { get; init; }
    public required string Project { get; init; }
    public required string ProjectDirectory { get; init; }
    public string? RootNamespace { get; init; }
    public required string Language { get; init; }
    public bool Nullable { get; init; }

    /// <summary>Null for a published application: the agent then finds the contexts itself.</summary>
    public string? DesignAssembly { get; init; }

    /// <summary>The published application's own assemblies, without those of packages.</summary>
    public IReadOnlyList<string> OwnAssemblies { get; init; } = [];
    public IReadOnlyList<string> Arguments { get; init; } = [];
}

internal sealed record ContextsRequest : Request;

/// <param name="Context">Full type name, one of the answers to <see cref="ContextsRequest"/>.</param>
internal sealed record OpenRequest(string Context) : Request;

/// <param name="Migrations">Ids, oldest first.</param>
/// <param name="PendingModel">Also the difference between snapshot and code.</param>
internal sealed record DescribeRequest(IReadOnlyList<string> Migrations, bool PendingModel) : Request
{
    /// <summary>The migration whose model stands for the snapshot, empty for none at all; null for the snapshot itself.</summary>
    public string? PendingSince { get; init; }

    /// <summary>Also the schema after each migration.</summary>
    public bool WithTarget { get; init; }

    /// <summary>Also the statement by which EF records each migration.</summary>
    public bool WithHistory { get; init; }

    /// <summary>What undoes each of them, in the order that is asked for, in place of what it does.</summary>
    public bool Undo { get; init; }

    /// <summary>The schema before only the first of migrations that follow each other: EF needs long for a model, and the rest follows from the operations.</summary>
    public bool FirstSourcesOnly { get; init; }
}

/// <param name="Migrations">Ids of migrations whose target models are wanted.</param>
internal sealed record ModelsRequest(IReadOnlyList<string> Migrations) : Request;

internal sealed record ModelsResult(IReadOnlyList<DatabaseModel> Models);

/// <summary>The properties behind the columns of the model as the code has it now.</summary>
internal sealed record MappedPropertiesRequest : Request;

internal sealed record MappedPropertiesResult(IReadOnlyList<MappedProperty> Properties);

/// <summary>
/// Opens the connection <see cref="Request.Session"/>: the context's own for <see cref="SessionNames.Work"/>, another one of the same provider
/// for every other name. One that is open already is closed first.
/// </summary>
/// <param name="ConnectionString">Null for the project's own; <c>Name=KEY</c> is resolved by EF.</param>
internal sealed record ConnectRequest(string? ConnectionString, int TimeoutSeconds) : Request
{
    /// <summary>Opening would make a database that is not there, and nobody wants that.</summary>
    public bool MustExist { get; init; }
}

/// <summary>Reads in a transaction that is rolled back.</summary>
/// <param name="Parameters">Bound as <c>@p0</c>, <c>@p1</c> …</param>
internal sealed record QueryRequest(string Sql, IReadOnlyList<string?> Parameters, int TimeoutSeconds) : Request;

/// <param name="Target">Id of the request to cancel.</param>
internal sealed record CancelRequest(int Target) : Request;

internal sealed record CloseRequest : Request;

/// <summary>The agent's answer: a result or an error, never both. Progress comes any number of times before.</summary>
internal sealed record Reply(int Id)
{
    public JsonElement? Progress { get; init; }
    public JsonElement? Result { get; init; }
    public Failure? Failure { get; init; }
}

/// <param name="Code">One of <see cref="FailureCode"/>.</param>
/// <param name="Detail">The exception with its stack, for <c>--verbose</c> only.</param>
internal sealed record Failure(string Code, string Message, string? Detail = null)
{
    /// <summary>What the application's start-up threw before, when that is the likely cause.</summary>
    public string? Startup { get; init; }

    /// <summary>The database's own error code, for example a SQLSTATE.</summary>
    public string? SqlState { get; init; }
}

internal static class FailureCode
{
    public const string Design = "design";
    public const string Context = "context";
    public const string NotRelational = "not-relational";
    public const string Describe = "describe";

    /// <summary>The provider refuses a difference between two models, whose migration would be the next one.</summary>
    public const string Unmigratable = "unmigratable";
    public const string Database = "database";

    /// <summary>An interim model cannot be built; the message is a sentence that says which edit and why.</summary>
    public const string NoPhases = "no-phases";

    /// <summary>EF refuses what was asked of its scaffolding.</summary>
    public const string Stages = "stages";

    /// <summary>The connection is gone; what ran last may have succeeded or not.</summary>
    public const string ConnectionLost = "connection-lost";

    /// <summary>A statement of a batch changed another number of rows than was said; the batch was rolled back.</summary>
    public const string Unexpectedly = "unexpected-rows";

    /// <summary>Statements would share connections.</summary>
    public const string Multiplexed = "multiplexed";

    /// <summary>There is no such database; the message is where it was looked for.</summary>
    public const string NoDatabase = "no-database";

    /// <summary>The driver does not read the connection string that was given; the message is the keyword at fault, or empty.</summary>
    public const string ConnectionString = "connection-string";

    /// <summary>EF was about to do something else than the plan says: somebody changed what is applied meanwhile. Nothing was done.</summary>
    public const string Overtaken = "overtaken";
    public const string Cancelled = "cancelled";
    public const string Unexpected = "unexpected";

    public static bool IsDatabase(string code) => code is Database or ConnectionLost or Unexpectedly or Overtaken;
}

internal sealed record HelloResult(string EfVersion, string Runtime);

internal sealed record ContextsResult(IReadOnlyList<string> Contexts, string? Startup);

internal sealed record OpenResult(string Context, string Provider, string ProviderVersion, string EfVersion)
{
    public required IReadOnlyList<string> Migrations { get; init; }
    public bool HasSnapshot { get; init; }

    /// <summary>The server's version as the context's options name it; null when the provider has no such option.</summary>
    public string? ServerVersion { get; init; }
}

internal sealed record DescribeResult(IReadOnlyList<MigrationMessage> Migrations, MigrationMessage? PendingModel)
{
    /// <summary>EF's statement that makes its history table when it is not there, when it was asked for.</summary>
    public string? CreateHistory { get; init; }

    /// <summary>How many models of migrations were built for it.</summary>
    public int ModelsBuilt { get; init; }
}

/// <param name="Source">The schema before the migration; null where it follows from the migration before.</param>
/// <param name="Operations">EF's operations of <c>Up</c>, each with its public properties.</param>
internal sealed record MigrationMessage(
    string Id, DatabaseModel? Source, IReadOnlyList<JsonElement> Operations, IReadOnlyList<CommandMessage> Commands)
{
    /// <summary>The schema after, when it was asked for.</summary>
    public DatabaseModel? Target { get; init; }

    /// <summary>EF's statement that records the migration, when it was asked for.</summary>
    public string? History { get; init; }

    /// <summary>Why <c>Down</c> does not undo <c>Up</c>, as a clause; null where it does.</summary>
    public string? NoWayBack { get; init; }

    /// <summary>What was applied before it, or EF's word for nothing, where the message undoes the migration; null where it applies it.</summary>
    public string? DownTo { get; init; }

    /// <summary>The class that holds <c>Up</c>, with its namespace.</summary>
    public string? TypeName { get; init; }
}

/// <param name="Operations">Indices into the migration's operations; empty for what the provider adds at the end.</param>
internal sealed record CommandMessage(string Sql, bool Suppressed, IReadOnlyList<int> Operations);

internal sealed record ConnectResult(string ServerVersion, string DataSource, string Database)
{
    /// <summary>The number of the server's process as the driver heard it when it connected; null where there is none.</summary>
    public int? Backend { get; init; }

    /// <summary>The driver's assembly and its version.</summary>
    public string? Driver { get; init; }
}

/// <param name="Rows">Values as invariant text; null for NULL.</param>
internal sealed record QueryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);
