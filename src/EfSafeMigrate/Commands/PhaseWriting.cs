using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Scaffolding;
using SqlDialect = EfSafeMigrate.Sql.SqlDialect;

namespace EfSafeMigrate.Commands;

/// <summary>From a described change to files: questions, plan, preview, writing. <c>add</c> and <c>rewrite</c> differ only in where they start.</summary>
internal sealed class PhaseWriting(LoadedProject project, Engine engine, PhaseCommandOptions options, Talk talk)
{
    private readonly TestWriting tests = new(project, engine, options.Tests);

    public Engine Engine => engine;

    /// <param name="single">EF's own single migration; unused where the ground has a beginning of its own.</param>
    /// <param name="besides">Files that belong to the phases whatever they are: the snapshot, or the removal of what is rewritten.</param>
    public async Task<int> RunAsync(
        string name, DescribedChange change, Ground ground, IReadOnlyList<FileChange> single, IReadOnlyList<FileChange> besides, CancellationToken cancellation)
    {
        var facts = options.Facts.Read().Over(FactSheet.Unknown);
        var version = facts.Version.Value ?? engine.Assumed;
        var interactive = !options.Output.Json && !Console.IsInputRedirected && !Console.IsErrorRedirected;
        var original = change.Changes;
        var tables = options.Plan.DecideTables(change, interactive);
        if (tables.Tables.Count > 0)
        {
            change = change with { Changes = options.Plan.OneShot && OneShot.Behind(original, tables.Tables) is { } rest ? rest : await Phasing.WithoutAsync(project, original, tables.Tables, ground, SqlDialect.Of(engine.Id), cancellation) };
        }
        var decisions = options.Plan.Decide(change, tables, interactive);
        var planned = engine.Phases is { } forms ? engine with { Phases = forms.OfEdition(forms, facts.Edition) } : engine;
        var draft = options.Plan.OneShot ? null : Planner.Propose(name, change.Changes, change.Target, planned, version, decisions);
        if (draft is null or { OneShot: not null })
        {
            var why = draft?.OneShot ?? "asked for with --one-shot";
            var (files, changes) = await OneShotAsync(name, original, change, decisions, ground, single, besides, cancellation);
            return Finish(name, ground.Namespace, [.. files, .. tests.Of(name, files, (original, decisions), after: null, held: false)], why, plan: null, Judge(new ChangeSet([changes]), facts), hold: false);
        }
        var hold = draft.Migrations.Any(migration => migration.Kind == PhaseKind.Contract) && (options.Plan.Hold ?? MigratesByItself());
        var phased = await talk.During("Planning phases", Phasing.BindAsync(project, draft with { Base = Before(ground) }, ground, hold, cancellation));
        var judged = Judge(new ChangeSet(phased.Plan.Changes(engine)), facts);
        var written = Beside(Phasing.Files(phased, ground, engine, hold), besides);
        return Finish(name, ground.Namespace, [.. written, .. tests.Of(name, written, (original, decisions), after: null, hold)], oneShot: null, phased.Plan, judged, hold);
    }

    /// <summary>EF's own migration, or the decided one, with what it does.</summary>
    private async Task<(IReadOnlyList<FileChange> Files, MigrationChanges Changes)> OneShotAsync(
        string name, MigrationChanges original, DescribedChange change, Decisions decisions, Ground ground, IReadOnlyList<FileChange> single, IReadOnlyList<FileChange> besides,
        CancellationToken cancellation)
    {
        var (files, changes) = (single, original);
        if ((OneShot.Of(name, original, change.Changes, decisions) ?? (ground.Since is null ? null : OneShot.AsEfHasIt(name))) is { } other)
        {
            var (plan, written) = await Phasing.OneShotAsync(project, other, original.Source, ground, cancellation);
            (files, changes) = (Beside(written, besides), plan.Changes(engine)[0] with { Id = change.Changes.Id });
        }
        return (files, changes with { Changes = [.. changes.Changes.Select(decisions.Marked)] });
    }

    /// <summary>A file that is written anew is not removed as well.</summary>
    private static IReadOnlyList<FileChange> Beside(IReadOnlyList<FileChange> files, IReadOnlyList<FileChange> besides) =>
        [.. files, .. besides.Where(other => files.All(file => file.Path != other.Path))];

    /// <summary>Shows, then writes: a person reads the plan first, a program gets one document when everything is in place.</summary>
    private int Finish(string name, string nameSpace, IReadOnlyList<FileChange> files, string? oneShot, Plan? plan, IReadOnlyList<ReviewedMigration> judged, bool hold)
    {
        new TakenNames(project.Directory, project.Context.Migrations).Refuse(name, nameSpace, files);
        var outline = plan is null ? null : PlanOutline.Of(plan, judged, hold);
        if (!options.Output.Json)
        {
            if (outline is not null)
            {
                new PlanText(options.Output.Console()).Write(outline);
            }
            else
            {
                new CostText(options.Output.Console()).Write(judged, oneShot!);
            }
        }
        var page = options.Plan.File is { } path
            ? new FileChange(path, outline is not null ? PlanMarkdown.Of(outline) : PlanMarkdown.Of(name, oneShot!, judged)) { ByteOrderMark = false } : null;
        WriteAll(name, nameSpace, files, hold ? $"dotnet safe-migrate contract {name}   when the old release is gone" : null, page);
        if (options.Output.Json)
        {
            Console.Out.WriteLine(PlanJson.Of(name, oneShot, plan, judged, options.Plan.DryRun ? [] : [.. files.Where(file => file.Text is not null).Select(Relative)]));
        }
        return ExitCode.Clean;
    }

    /// <summary>Writes what needs no plan to be shown, and the tests with it.</summary>
    /// <param name="next">A next step beyond building, or null.</param>
    /// <param name="after">The migration behind which these come in a test that has it; null where they stand for others.</param>
    public int Write(string name, string nameSpace, IReadOnlyList<FileChange> files, string? next, string? after = null) =>
        WriteAll(name, nameSpace, [.. files, .. tests.Of(name, files, about: null, after, held: false)], next);

    /// <param name="page">The plan for people, which is written also where nothing else is; null when nobody asked for it.</param>
    private int WriteAll(string name, string nameSpace, IReadOnlyList<FileChange> files, string? next, FileChange? page = null)
    {
        new TakenNames(project.Directory, project.Context.Migrations).Refuse(name, nameSpace, files);
        FileChange[] pages = page is null ? [] : [page];
        if (files.Count == 0 || options.Plan.DryRun)
        {
            foreach (var test in options.Output.Json ? [] : files.Where(file => file.IsTest))
            {
                Console.Out.WriteLine($"  would {(test.Text is null ? "remove" : "write")} {Relative(test)}\n{test.Text?.ReplaceLineEndings("\n")}");
            }
            talk.Say(files.Count == 0 ? "  Nothing needs rewriting; the migration stays as it is." : $"  Nothing {(page is null ? "" : "but the plan ")}was written (--dry-run).");
            if (page is not null)
            {
                FileChanges.Write(project.Directory, pages);
            }
            return ExitCode.Clean;
        }
        files = [.. files, .. pages];
        FileChanges.Write(project.Directory, files);
        if (!options.Output.Json)
        {
            foreach (var file in files.Where(file => !file.Path.EndsWith(MigrationFiles.Designer, StringComparison.Ordinal)))
            {
                Console.Out.WriteLine($"  {(file.Text is null ? "removed" : "wrote")} {Relative(file)}{(files.Any(other => other.Path == Path.ChangeExtension(file.Path, MigrationFiles.Designer)) ? " (+ Designer)" : "")}");
            }
            Console.Out.WriteLine(next is null ? "" : $"\n  next  {next}");
        }
        return ExitCode.Clean;
    }

    private string Relative(FileChange file) => Path.GetRelativePath(project.Directory, file.Path).Replace('\\', '/');

    private IReadOnlyList<ReviewedMigration> Judge(ChangeSet changes, FactSheet facts) => Review.Judge(changes, together: true, engine, facts);

    /// <summary>The migration that the new ones come behind, empty when there is none.</summary>
    private string Before(Ground ground) => ground.Since
        ?? (ground.Migration is { } id ? project.Context.Migrations.TakeWhile(each => each != id) : project.Context.Migrations).LastOrDefault("");

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
