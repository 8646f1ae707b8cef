using EfSafeMigrate.Projects;
using EfSafeMigrate.Scaffolding;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>The option groups that <c>add</c> and <c>rewrite</c> share.</summary>
internal sealed class PhaseCommandOptions(CommandLineApplication command)
{
    public ProjectOptions Project { get; } = new(command);

    public PlanOptions Plan { get; } = new(command);

    public FactOptions Facts { get; } = new(command);

    public OutputOptions Output { get; } = new(command);

    /// <summary>A run that was killed while it wrote is undone first: what it left may not even build.</summary>
    public async Task<LoadedProject> LoadAsync(Talk talk, CancellationToken cancellation)
    {
        var request = Project.Read(Directory.GetCurrentDirectory());
        if (FileChanges.Recover(Path.GetDirectoryName(ProjectFinder.Find(request).Project)!))
        {
            talk.Say("  An earlier run was interrupted while it wrote; its files are undone.");
        }
        return await LoadedProject.LoadAsync(request, talk, cancellation);
    }
}
