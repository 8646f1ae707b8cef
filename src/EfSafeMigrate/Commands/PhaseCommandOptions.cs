using EfSafeMigrate.Projects;
using EfSafeMigrate.Scaffolding;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>The option groups that <c>add</c> and <c>rewrite</c> share.</summary>
internal sealed class PhaseCommandOptions(CommandLineApplication command)
{
    public ProjectOptions Project { get; } = new(command);

    public PlanOptions Plan { get; } = new(command);

    public TestOptions Tests { get; } = new(command);

    public FactOptions Facts { get; } = new(command);

    public OutputOptions Output { get; } = new(command);

    /// <summary>A run that was killed while it wrote is undone first: what it left may not even build.</summary>
    public async Task<LoadedProject> LoadAsync(Talk talk, CancellationToken cancellation)
    {
        var request = Project.Read(Directory.GetCurrentDirectory());
        var directory = Path.GetDirectoryName(ProjectFinder.Find(request).Project)!;
        if (FileChanges.Recover(directory))
        {
            talk.Say("  An earlier run was interrupted while it wrote; its files are undone.");
        }
        RefuseConflict(directory);
        return await LoadedProject.LoadAsync(request, talk, cancellation);
    }

    /// <summary>A snapshot that git could not merge does not build, and is written anew anyway: either side of it will do.</summary>
    private static void RefuseConflict(string directory)
    {
        if (SourceFiles.Under(directory).FirstOrDefault(path => path.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal) && File.ReadLines(path).Any(line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal))) is { } snapshot)
        {
            throw new SafeMigrateException(
                $"`{Path.GetFileName(snapshot)}` has conflict markers: two branches changed the model.",
                $"finish the merge with either side of it (git checkout --theirs {Path.GetRelativePath(Directory.GetCurrentDirectory(), snapshot).Replace('\\', '/')}), then dotnet safe-migrate rewrite NAME for the plan that is not on the base branch");
        }
    }
}
