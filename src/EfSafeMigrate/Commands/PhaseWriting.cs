using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Scaffolding;

namespace EfSafeMigrate.Commands;

/// <summary>From a described change to files: questions, plan, preview, writing. <c>add</c> and <c>rewrite</c> differ only in where they start.</summary>
internal sealed class PhaseWriting(LoadedProject project, Engine engine, PhaseCommandOptions options, Talk talk)
{
    public Engine Engine => engine;

    /// <summary>A run that was killed while it wrote is undone first.</summary>
    public void Recover()
    {
        if (FileChanges.Recover(project.Directory))
        {
            talk.Say("  An earlier run was interrupted while it wrote; its files are undone.");
        }
    }

    /// <param name="single">EF's own single migration.</param>
    /// <param name="besides">Files that belong to the phases whatever they are: the snapshot, or the removal of what is rewritten.</param>
    public async Task<int> RunAsync(
        string name, DescribedChange change, Ground ground, IReadOnlyList<FileChange> single, IReadOnlyList<FileChange> besides, CancellationToken cancellation)
    {
        var facts = options.Facts.Read().Over(FactSheet.Unknown);
        var version = facts.Version.Value ?? engine.Assumed;
        var decisions = options.Plan.Decide(change.Changes, engine, talk);
        var draft = options.Plan.OneShot
            ? Planner.Propose(name, change.Changes, change.Target, engine, version, decisions)
            : Planner.Propose(name, change.Changes, change.Target, engine, version, decisions);
        if (draft.OneShot is { } why && draft.Migrations.Count == 0)
        {
            new CostText(options.Output.Console()).Write(Judge(new ChangeSet([change.Changes]), facts), why);
            return Write(name, single, null);
        }
        var hold = draft.OneShot is null && (options.Plan.Hold ?? MigratesByItself());
        var phased = await talk.During("Planning phases", Phasing.BindAsync(project, draft, ground, hold, cancellation));
        var judged = Judge(new ChangeSet(phased.Plan.Changes(engine)), facts);
        new PlanText(options.Output.Console()).Write(phased.Plan, judged, hold);
        return Write(name, [.. Phasing.Files(phased, ground, hold), .. besides], hold ? $"dotnet safe-migrate contract {name}   when the old release is gone" : null);
    }

    /// <param name="next">A next step beyond building, or null.</param>
    public int Write(string name, IReadOnlyList<FileChange> files, string? next)
    {
        if (options.Plan.DryRun)
        {
            talk.Say("  Nothing was written (--dry-run).");
            return ExitCode.Clean;
        }
        foreach (var taken in files.Where(file => file.Text is not null && !file.Path.EndsWith("Snapshot.cs", StringComparison.Ordinal) && File.Exists(file.Path) && Path.GetFileName(file.Path) != HeldContracts.FileName))
        {
            throw new SafeMigrateException($"`{Path.GetFileName(taken.Path)}` exists already.", $"remove it, or choose another name than {name}");
        }
        FileChanges.Write(project.Directory, files);
        Console.Out.WriteLine(string.Join('\n', files.Where(file => !file.Path.EndsWith(".Designer.cs", StringComparison.Ordinal)).Select(Line)));
        if (next is not null)
        {
            Console.Out.WriteLine($"  next  {next}");
        }
        return ExitCode.Clean;
    }

    private string Line(FileChange file) =>
        $"  {(file.Text is null ? "removed" : "wrote")} {Path.GetRelativePath(project.Directory, file.Path).Replace('\\', '/')}";

    private IReadOnlyList<ReviewedMigration> Judge(ChangeSet changes, FactSheet facts) => Review.Judge(changes, together: true, engine, facts);

    private bool MigratesByItself()
    {
        if (StartupMigration.Find(project.Directory) is not { } call)
        {
            return false;
        }
        talk.Say($"  {call.File}:{call.Line} migrates at start-up and would run the contract at once, so it is held; --contract now writes it all the same.");
        return true;
    }
}
