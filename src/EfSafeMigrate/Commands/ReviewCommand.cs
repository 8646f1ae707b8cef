using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
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
        var facts = new FactOptions(command);
        var output = new OutputOptions(command);
        var failOn = command.Option("--fail-on <SEVERITY>", "Exit 1 from this severity on: careful, dangerous or never. Default: dangerous.", CommandOptionType.SingleValue);
        var hygiene = command.Option("--hygiene", "Also advice on design; no exit code comes of it.", CommandOptionType.NoValue);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.AllowArgumentSeparator = true;
        command.OnExecute(() => Program.RunAsync(output, async cancellation =>
        {
            var threshold = Threshold(failOn.Value());
            var review = sql.Wanted()
                ? SqlReview.Of(sql.Read(), facts.Read(), project.Apart, hygiene.HasValue(), threshold, output.Talk())
                : await project.RunAsync(facts, sql.Said, hygiene.HasValue(), threshold, output, cancellation);
            return await TellAsync(review, output);
        }));
    });

    private static async Task<int> TellAsync(Review review, OutputOptions output)
    {
        if (output.Json)
        {
            await Console.Out.WriteLineAsync(JsonReport.Of(review));
        }
        else
        {
            new TextReport(output.Console()).Write(review);
        }
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
