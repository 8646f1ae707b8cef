using System.Text.RegularExpressions;
using EfSafeMigrate.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EfSafeMigrate.Agent;

/// <summary>EF's own single migration as text, with the paths EF would write it to.</summary>
internal sealed partial class Scaffolder(DbContext context, DesignServices design, HelloRequest hello)
{
    public ScaffoldResult Scaffold(ScaffoldRequest request)
    {
        var output = request.OutputDirectory is { } given ? Path.GetFullPath(Path.Combine(hello.ProjectDirectory, given)) : null;
        var scaffolded = request.Namespace is { Length: > 0 } explicitNamespace
            ? Run(request.Name, null, explicitNamespace)
            : Run(request.Name, hello.RootNamespace ?? "", SubNamespace(output));
        string? Of(string property) => (string?)scaffolded.GetType().GetProperty(property)!.GetValue(scaffolded);

        var extension = Of("FileExtension")!;
        var folder = output ?? FolderOf(Of("PreviousMigrationId") + extension, Of("MigrationSubNamespace")!);
        var snapshotFile = Of("SnapshotName") + extension;
        var code = Of("MigrationCode")!;
        return new ScaffoldResult(
            Of("MigrationId")!,
            Path.Combine(folder, Of("MigrationId") + extension), code,
            Path.Combine(folder, Of("MigrationId") + ".Designer" + extension), Of("MetadataCode")!)
        {
            SnapshotPath = Path.Combine(FolderOf(snapshotFile, Of("SnapshotSubnamespace")!), snapshotFile),
            Snapshot = Of("SnapshotCode")!,
            Namespace = NamespaceLine().Match(code).Groups[1].Value,
            Target = ModelReader.Read(context.GetService<IDesignTimeModel>().Model),
            References = References(),
            SnapshotBehindAt = new SnapshotAge(context).BehindAt(),
        };
    }

    private object Run(string name, string? rootNamespace, string? subNamespace)
    {
        try
        {
            return design.Scaffold(name, rootNamespace, subNamespace);
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw new AgentException(new Failure(FailureCode.Stages, inner.Message), inner);
        }
    }

    /// <summary>Beside the sibling when the project has it somewhere, else by namespace: EF's rule.</summary>
    private string FolderOf(string sibling, string subNamespace) =>
        Directory.EnumerateFiles(hello.ProjectDirectory, sibling, SearchOption.AllDirectories).Select(Path.GetDirectoryName).FirstOrDefault()
        ?? Path.Combine([hello.ProjectDirectory, .. subNamespace.Split('.')]);

    private string? SubNamespace(string? output)
    {
        if (output is null || !output.StartsWith(hello.ProjectDirectory, StringComparison.Ordinal))
        {
            return null;
        }
        var parts = output[hello.ProjectDirectory.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? null : string.Join('.', parts);
    }

    /// <summary>What runs here is what generated code compiles against: the trusted list, and what was found beside the application.</summary>
    private static string[] References() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Concat(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.Location))
            .Where(File.Exists)
            .DistinctBy(Path.GetFileName),
    ];

    [GeneratedRegex(@"^namespace ([\w.@]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
