using System.Text.Json;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Protocol;

/// <summary>EF's own single migration for the pending model changes, as text.</summary>
/// <param name="OutputDirectory">As <c>--output-dir</c>; null to follow the last migration.</param>
/// <param name="Namespace">As <c>--namespace</c>; null to derive it.</param>
internal sealed record ScaffoldRequest(string Name, string? OutputDirectory, string? Namespace) : Request;

/// <summary>Files of one migration; paths are absolute, nothing is written.</summary>
internal sealed record ScaffoldResult(string Id, string MigrationPath, string Migration, string DesignerPath, string Designer)
{
    public required string SnapshotPath { get; init; }
    public required string Snapshot { get; init; }
    public required string Namespace { get; init; }

    /// <summary>The database's schema after the change.</summary>
    public required DatabaseModel Target { get; init; }

    /// <summary>Assemblies the generated code compiles against.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The older migration at which the snapshot stands, empty when there is no snapshot; null when it is up to date.</summary>
    public string? SnapshotBehindAt { get; init; }
}

/// <summary>Builds the interim models and lets the provider's differ propose the operations between them.</summary>
/// <param name="Migration">Base is this existing migration's target model; null for <paramref name="SnapshotAssembly"/>.</param>
/// <param name="SnapshotAssembly">Base is the one model snapshot in this compiled assembly (the target model as code).</param>
/// <param name="SourceRenames">Tables and columns the source model calls by another name from the start, so that the differ cannot guess.</param>
internal sealed record StagesRequest(string? Migration, string? SnapshotAssembly, string Namespace, IReadOnlyList<StageMessage> Stages) : Request
{
    public IReadOnlyList<ModelEdit> SourceRenames { get; init; } = [];

    /// <summary>With a <see cref="SnapshotAssembly"/>: the migration whose model it starts from, empty for none at all; null for the project's snapshot.</summary>
    public string? Since { get; init; }
}

/// <param name="Edits">Relative to the target model; none means the target itself.</param>
internal sealed record StageMessage(string Id, string Name, IReadOnlyList<ModelEdit> Edits);

/// <param name="FinalDiffEmpty">The differ finds nothing between the last stage and the target.</param>
internal sealed record StagesResult(IReadOnlyList<StageResult> Stages, bool FinalDiffEmpty);

/// <param name="Designer">The Designer file's text: the interim model.</param>
/// <param name="Skeleton">EF's migration file for the proposed operations, whose header and class frame are used.</param>
/// <param name="Model">The interim model as a schema.</param>
internal sealed record StageResult(string Designer, string Skeleton, DatabaseModel Model)
{
    public required IReadOnlyList<ProposedOperation> Up { get; init; }
    public required IReadOnlyList<ProposedOperation> Down { get; init; }
}

/// <param name="Operation">As in <see cref="MigrationMessage"/>.</param>
/// <param name="Code">EF's C# for the operation: one statement, its lines not indented.</param>
/// <param name="Commands">The provider's commands for the operation alone.</param>
internal sealed record ProposedOperation(JsonElement Operation, string Code, IReadOnlyList<CommandMessage> Commands);
