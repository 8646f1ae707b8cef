using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate approve HASH</c>: somebody who has read a plan says that it may run.</summary>
internal static class ApproveCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("approve", command =>
    {
        command.Description = "Approves a plan that `apply --plan-only` showed: in the database's journal, or in a signed file.";
        var hash = command.Argument("HASH", "The plan's hash.").IsRequired();
        var project = new ProjectOptions(command, published: true);
        var database = new DatabaseOptions(command);
        var approve = new ApproveOptions(command);
        var probes = new ProbeOptions(command);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, cancellation => RunAsync(hash.Value!, project, database, approve, probes, output, cancellation)));
    });

    private static async Task<int> RunAsync(
        string hash, ProjectOptions projectOptions, DatabaseOptions database, ApproveOptions options, ProbeOptions probes, OutputOptions output, CancellationToken cancellation)
    {
        options.Check();
        var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
        if (options.PlanFile is { } file)
        {
            return Write(WrittenPlan.Read(file), hash, options, settings, await People.MeAsync(Directory.GetCurrentDirectory(), cancellation), output);
        }
        await using var live = await LiveProject.ToChangeAsync(projectOptions, database, output, cancellation);
        var (engine, session) = (live.Engine, live.Session);
        await EfHistory.ReadAsync(session, engine, cancellation);
        var target = await TargetReader.ReadAsync(session, engine, cancellation);
        var (changes, _, _) = await PendingMigrations.ChooseAsync(live.Project, engine, session.Applied, options.To is { } name ? MigrationOptions.Find(live.Migrations, name) : null, options.Until, live.Talk, cancellation);
        if (changes.Migrations.Count == 0)
        {
            throw new SafeMigrateException("No migration is pending up to there, so there is nothing to approve.", "dotnet safe-migrate status   shows what is applied", ExitCode.StoppedSafely);
        }
        var facts = await Measuring.MeasureAsync(session, engine, changes, probes.Timeout, live.Talk, cancellation);
        var plan = UpdatePlan.Of(target, changes, engine, facts);
        var (authors, me) = await Consenting.PeopleAsync(plan, settings, live.Project, cancellation);
        var document = new WrittenPlan(plan.Hash, target.Fingerprint, $"{target.Database}@{target.Server}", Approval.MigrationsOf(plan), plan.Destroys);
        if (options.OutputFile is not null)
        {
            return Write(document with { Authors = authors }, hash, options, settings, me, output);
        }
        var approved = ApprovedOf(document with { Authors = authors }, hash, options, settings, me);
        var journal = await Journal.OpenOrCreateAsync(session, engine, cancellation);
        await journal.AddAsync("approval", approved, cancellation);
        Say(new(approved, document, "journal"), output);
        return ExitCode.Clean;
    }

    private static int Write(WrittenPlan plan, string hash, ApproveOptions options, SafeMigrateSettings settings, Person me, OutputOptions output)
    {
        var approved = ApprovedOf(plan, hash, options, settings, me) with { At = TimeProvider.System.GetUtcNow(), By = Operator.Name };
        File.WriteAllText(options.OutputFile!, ApprovalFile.Sign(approved, options.PrivateKey()));
        Say(new(approved, plan, options.OutputFile!), output);
        return ExitCode.Clean;
    }

    private static Approved ApprovedOf(WrittenPlan plan, string hash, ApproveOptions options, SafeMigrateSettings settings, Person me)
    {
        if (!Digest.Names(hash, plan.Hash))
        {
            throw new SafeMigrateException(
                $"{Digest.Misnamed(hash, plan.Hash)} Nothing was approved.",
                "dotnet safe-migrate apply --plan-only   shows it; read it before you approve it", ExitCode.StoppedSafely);
        }
        var approved = new Approved(plan.Hash, TimeProvider.System.GetUtcNow() + (options.Expires ?? settings.Approval.Expires), options.Destructive, options.Reason)
        {
            Fingerprint = plan.Fingerprint, Migrations = plan.Migrations, Approver = me, Authors = plan.Authors,
        };
        // A file is signed where the sources may not be; whoever applies it knows them.
        var refusal = settings.Approval.ApproverIsNotAuthor && options.OutputFile is null ? Approval.ByAuthor(approved) : null;
        return refusal is null ? approved
            : throw new SafeMigrateException($"{refusal} Nothing was approved.", "ask somebody else to approve it", ExitCode.StoppedSafely);
    }

    private static void Say(ApprovalReport report, OutputOptions output)
    {
        if (output.Json)
        {
            Console.Out.WriteLine(report.Json());
        }
        else
        {
            report.Write(output.Console());
        }
    }
}
