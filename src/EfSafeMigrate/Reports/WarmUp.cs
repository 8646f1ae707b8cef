using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Sql;
using Spectre.Console;

namespace EfSafeMigrate.Reports;

/// <summary>
/// Loads parser, rules and report while the application starts, or git answers, on the other core:
/// about 0.2 s of just-in-time compilation that nobody waits for then.
/// </summary>
internal static class WarmUp
{
    public static void Run()
    {
        SourceLocations.WarmUp();
        var engine = EngineBook.All[0];
        var changes = StatementReader.Read("ALTER TABLE t ADD c int; CREATE INDEX i ON t (c)", SqlDialect.Of(engine.Id), DatabaseModel.Empty);
        var review = new Review
        {
            Project = "", Context = "", EfVersion = "", Provider = "", ProviderVersion = "",
            Engine = engine,
            Facts = FactSheet.Unknown,
            Migrations = Review.Judge(new ChangeSet([new MigrationChanges("", DatabaseModel.Empty, changes)]), together: true, engine, FactSheet.Unknown),
            FailOn = Severity.Dangerous,
        };
        new TextReport(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) })).Write(review);
    }
}
