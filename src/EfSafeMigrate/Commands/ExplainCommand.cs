using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary><c>dotnet safe-migrate explain RULE</c>: what a rule is about, why, and what to do.</summary>
internal static class ExplainCommand
{
    private const int Offered = 3;

    public static void AddTo(CommandLineApplication app) => app.Command("explain", command =>
    {
        command.Description = "Explains a rule: when it speaks, what goes wrong, what to do instead and how to accept it. Without a rule, lists them all.";
        var rule = command.Argument("RULE", "The rule's name, for example drop-column.").Among(() => RuleBook.Rules.Select(each => each.Id));
        var output = new OutputOptions(command);
        command.HelpTextGenerator = app.HelpTextGenerator;
        command.OnExecute(() => Program.RunAsync(output, _ => Task.FromResult(Run(rule.Value, output))));
    });

    private static int Run(string? name, OutputOptions output)
    {
        var report = new ExplainReport(output.Console());
        var page = name is null ? null : RulePage.Of(Find(name));
        if (output.Json)
        {
            Console.Out.WriteLine(page is null ? ExplainReport.Json() : ExplainReport.Json(page));
        }
        else if (page is null)
        {
            report.WriteAll();
        }
        else
        {
            report.Write(page);
        }
        return ExitCode.Clean;
    }

    public static Rule Find(string name)
    {
        if (RuleBook.Rules.FirstOrDefault(rule => rule.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }
        string[] near = [.. RuleBook.Near(name).Concat(RuleBook.Rules.Select(rule => rule.Id).Where(id => id.Contains(name, StringComparison.OrdinalIgnoreCase)).OrderBy(id => !id.StartsWith(name, StringComparison.OrdinalIgnoreCase))).Distinct().Take(Offered)];
        throw new SafeMigrateException($"There is no rule `{name}`.", near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?" : "dotnet safe-migrate explain   lists them all");
    }
}
