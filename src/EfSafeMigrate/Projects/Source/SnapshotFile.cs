namespace EfSafeMigrate.Projects.Source;

/// <summary>Where findings belong that stand in no migration: beside the model they were found in.</summary>
internal static class SnapshotFile
{
    /// <summary>The snapshot of the context, else the project's file; relative to the folder.</summary>
    /// <param name="context">The context's simple name.</param>
    public static string Of(string directory, string context, string project)
    {
        var snapshots = SourceMigrations.In(SourceTree.InFolder(directory)).Snapshots;
        return (snapshots.FirstOrDefault(snapshot => snapshot.Context == context) ?? (snapshots is [{ Context: null } only] ? only : null))?.File ?? $"{project}.csproj";
    }
}
