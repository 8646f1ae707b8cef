using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate review</c>: judges pending model changes and migrations, or a text; changes nothing.</summary>
internal static class ReviewCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("review", command =>
    {
        command.Description = "Judges model changes and the newest migration, or SQL; changes nothing.";
        var project = new ProjectReview(command);
        var sql = new SqlOptions(command);
        var foreign = new ForeignOptions(command);
        var facts = new FactOptions(command);
        var baseline = new BaselineOptions(command);
        var formats = new FormatOptions(command);
        var output = new OutputOptions(command);
        var failOn = command.Option("--fail-on <SEVERITY>", "Exit 1 from this severity on: careful, dangerous or never. Default: dangerous.", CommandOptionType.SingleValue).Among("careful", "dangerous", "never");
        var hygiene = command.Option("--hygiene", "Also advice on design; no exit code comes of it.", CommandOptionType.NoValue);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            if (formats.WantsSchema)
            {
                await Console.Out.WriteAsync(JsonReport.Schema);
                return ExitCode.Clean;
            }
            var wanted = formats.Read(output.Json);
            var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
            var terms = new ReviewTerms(settings, settings.PolicyAt(TimeProvider.System), hygiene.HasValue(), Threshold(failOn.Value() ?? settings.FailOn));
            if (sql.Wanted() && project.LooksAtCode)
            {
                throw new SafeMigrateException("--sql and --impact exclude each other: a text has no code around it.", "leave out one of them");
            }
            var review = sql.Wanted()
                ? SqlReview.Of(sql.Read(), facts.Read(), project.Apart, terms, output.Talk())
                : await ProjectAsync(project, foreign, facts, sql.Said, terms, baseline, output, cancellation);
            return await TellAsync(review with { Folder = review.Folder with { Settings = settings.File } }, wanted, output);
        }));
    });

    /// <summary>A project with EF Core, or what another tool keeps where there is none.</summary>
    private static async Task<Review> ProjectAsync(
        ProjectReview project, ForeignOptions foreign, FactOptions facts, Engine? engine, ReviewTerms terms, BaselineOptions baseline, OutputOptions output, CancellationToken cancellation)
    {
        var request = project.Request;
        // A commit waits for its hook, and a remark on other tools is not what stops it.
        var folder = project.Migrations.Staged && !foreign.Given && ForeignOptions.IsProject(request) ? new SourceTree(request.Directory, [], _ => null) : ForeignFiles.InFolder(request.Directory);
        var found = ForeignTools.In(folder);
        if (foreign.Choose(request, folder, found) is { } other)
        {
            return await ForeignAsync(other);
        }
        try
        {
            var review = await project.RunAsync(facts, engine, terms, baseline, output, cancellation);
            return ForeignNotes.BesideEf(found) is { } note ? review with { Notes = [.. review.Notes, note] } : review;
        }
        catch (SafeMigrateException exception) when (exception.WithoutEf && found.Count > 0)
        {
            return await ForeignAsync(ForeignOptions.Only(found));
        }

        Task<Review> ForeignAsync(FoundTool one)
        {
            foreign.Check(one);
            return ForeignReview.RunAsync(one, found, folder, project.Migrations, engine, facts.Read(), terms, Environment.GetEnvironmentVariable, cancellation);
        }
    }

    private static async Task<int> TellAsync(Review review, ReviewOutput wanted, OutputOptions output)
    {
        if (wanted.Format.Name == ReviewFormat.Text)
        {
            new TextReport(output.Console()).Write(review);
        }
        else
        {
            await Console.Out.WriteAsync(wanted.Format.Write(review));
        }
        ReportWriting.Write(review, wanted.Files);
        return review.Code;
    }

    private static Severity? Threshold(string? value) => value?.ToLowerInvariant() switch
    {
        null or "dangerous" => Severity.Dangerous,
        "careful" => Severity.Careful,
        "never" => null,
        _ => throw new SafeMigrateException($"`--fail-on {value}` is not a severity.", "use careful, dangerous or never"),
    };
}
