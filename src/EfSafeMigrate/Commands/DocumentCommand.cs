using EfSafeMigrate.Documents;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sessions;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate document KIND</c>: what people need who approve, carry out or take back migrations, as Markdown.</summary>
internal static class DocumentCommand
{
    public static void AddTo(CommandLineApplication app) => app.Command("document", command =>
    {
        command.Description = "Writes what people need who approve, carry out or take back migrations, as Markdown; changes no database.";
        var kind = command.Argument("KIND", $"{string.Join("; ", DocumentKind.All.Select(each => $"{each.Name}: {each.About}"))}.").IsRequired();
        FoundDatabase? found = null;
        IReadOnlyList<string> known = [];
        var project = new ProjectReview(command)
        {
            Look = async (loaded, engine, session, cancellation) =>
            {
                known = loaded.Context.Migrations;
                found = session is null || !engine.HasUpdates ? null : await FindAsync(session, engine, cancellation);
            },
        };
        var facts = new FactOptions(command);
        var file = command.Option("--output <FILE>", "Write the document into this file.", CommandOptionType.SingleValue);
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            var wanted = DocumentKind.Named(kind.Value!);
            if (output.Json)
            {
                throw new SafeMigrateException("A document is Markdown, and there is no JSON of it.", "dotnet safe-migrate review --json   has the findings, apply --plan-only --json the plan");
            }
            var path = PathOf(file.Value());
            project.NeedsCode = wanted.ShowsCode;
            var settings = SettingsFile.Find(Directory.GetCurrentDirectory());
            var terms = new ReviewTerms(settings, settings.PolicyAt(TimeProvider.System), Advice: false, FailOn: null);
            var review = await project.RunAsync(facts, engine: null, terms, new BaselineOptions(new CommandLineApplication()) { Ignores = true }, output, cancellation);
            var dossier = new Dossier(review, settings, project.Calls)
            {
                Known = known,
                HasBaseline = BaselineFile.Find(Directory.GetCurrentDirectory()) is not null,
                Database = found is null ? null : found with { Target = found.Target with { Environment = project.Environment } },
            };
            dossier = dossier with { Held = Held(dossier) };
            if (dossier.Migrations.Count == 0)
            {
                throw dossier.HasMore
                    ? new SafeMigrateException("The model has changes that no migration holds yet, and documents are about migrations.", "dotnet safe-migrate add NAME   writes them first")
                    : new SafeMigrateException("No migration is chosen, so there is nothing to write about.", "--last N, --migration NAME or --pending   chooses some");
            }
            await WriteAsync(wanted.Write(dossier), path, output);
            return ExitCode.Clean;
        }));
    });

    /// <summary>What the database says of itself and of runs; a journal is not made for it.</summary>
    private static async Task<FoundDatabase> FindAsync(Session session, Engine engine, CancellationToken cancellation)
    {
        var target = await TargetReader.ReadAsync(session, engine, cancellation);
        var journal = await Journal.OpenAsync(session, engine, cancellation);
        return new(target, session.Applied, journal.Entries) { Driver = session.Driver, Marks = [.. journal.Events<MarkedProtected>()] };
    }

    /// <summary>The contracts that plans of the chosen migrations still owe.</summary>
    private static IReadOnlyList<Plans.HeldContract> Held(Dossier dossier)
    {
        var locations = new SourceLocations(dossier.Review.Folder.Folder);
        string[] plans = [.. dossier.Migrations.Select(migration => migration.Migration.Phase?.Plan).OfType<string>().Distinct()];
        return
        [
            .. dossier.Migrations.Select(migration => locations.PathOf(migration.Migration.Id)).OfType<string>().Select(file => Path.GetDirectoryName(file)!).Distinct()
                .SelectMany(Plans.HeldContracts.Read).Where(held => plans.Contains(held.Name)).DistinctBy(held => held.Name),
        ];
    }

    private static string? PathOf(string? given) => given is null ? null
        : string.IsNullOrWhiteSpace(given) ? throw new SafeMigrateException("--output is empty.", "name a file: --output docs/runbook.md")
        : Directory.Exists(given) ? throw new SafeMigrateException($"`--output {given}` is a folder.", $"name a file in it: --output {Path.Combine(given, "runbook.md")}")
        : Path.GetFullPath(given);

    private static async Task WriteAsync(string text, string? path, OutputOptions output)
    {
        if (path is null)
        {
            await Console.Out.WriteAsync(text);
            return;
        }
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SafeMigrateException($"The document's folder cannot be made: {exception.Message}", "check the path of --output and the rights on the folder");
        }
        ReportWriting.Write("The document", [(path, text)]);
        output.Talk().Say($"  wrote {Path.GetRelativePath(Directory.GetCurrentDirectory(), path).Replace('\\', '/')}");
    }
}
