using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects.Foreign;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Commands;

/// <summary>Judges the SQL that another tool keeps: no project, no agent, no database.</summary>
internal static class ForeignReview
{
    /// <param name="others">What else stands in the folder.</param>
    /// <param name="said">The engine as it was said; null to find it out.</param>
    /// <param name="variable">A variable of the environment.</param>
    public static async Task<Review> RunAsync(
        FoundTool found, IReadOnlyList<FoundTool> others, SourceTree folder, MigrationOptions migrations, Engine? said, GivenFacts given, ReviewTerms terms,
        Func<string, string?> variable, CancellationToken cancellation)
    {
        migrations.Check();
        var files = await FolderHistory.ReadAsync(folder, migrations.History, ForeignFiles.Matters, variable, cancellation);
        var choice = EngineFor(found, files.Here, said, terms.Settings.Engine);
        var engine = choice.Engine;
        var history = new ForeignHistory(files, tree => [.. found.Tool.Read!(tree).Where(migration => IsFor(engine, migration))]);
        string[] ids = [.. history.Here.Select(migration => migration.Id)];
        if (ids.Length == 0)
        {
            throw ForeignErrors.NoMigrations(found);
        }
        var news = migrations.History is null ? null : history.Choose();
        var read = new ForeignReader(SqlDialect.Of(engine.Id), engine.BatchesAreTransactions).Read(history.Here, news?.Ids ?? migrations.Choose(ids, null));
        given.CheckTables(read);
        var facts = given.Over(terms.Over(FactSheet.Unknown, engine, apart: false));
        var changes = news is null ? read : read with { Migrations = [.. history.Edited(), .. read.Migrations] };
        return new Review
        {
            Project = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder.Directory)),
            Folder = ReviewedFolder.Of(folder.Directory),
            Tool = found.Tool.Name,
            Engine = engine,
            EngineBasis = choice.Basis,
            OtherEngines = choice.Others,
            Facts = facts,
            Chosen = news?.Said(pending: null),
            Migrations = Review.Judge(changes, migrations.Together, engine, facts, terms.Advice, terms.Policy with { Known = ids }),
            Notes = ForeignNotes.Of(found, others, files.Here),
            FailOn = terms.FailOn,
        };
    }

    private static EngineChoice EngineFor(FoundTool found, SourceTree tree, Engine? said, string? settings)
    {
        if (said is not null)
        {
            return new(said, EngineBasis.Options);
        }
        // A URL of an engine for tests alone is none that is known.
        var meant = found.Tool.Databases(tree).Select(EngineBook.Called).Where(engines => engines.Count > 0).DistinctBy(engines => engines[0].Id).ToArray();
        var engines = meant is [var only] ? only : Array.Find(meant, each => each.Any(engine => engine.Id == settings)) ?? [];
        return EngineBook.Choose(engines, new EngineHints { Settings = settings }) is { } chosen ? chosen
            : EngineBook.All.FirstOrDefault(engine => engine.Id == settings) is { } configured ? new(configured, EngineBasis.Settings)
            : throw ForeignErrors.NoEngine(found, EngineBook.All.Select(engine => engine.Id));
    }

    /// <summary>A change set may name the databases that it is for, or with <c>!</c> those that it is not for.</summary>
    private static bool IsFor(Engine engine, ForeignMigration migration)
    {
        bool Is(string word) => engine.KnownAs.Contains(word, StringComparer.OrdinalIgnoreCase);
        var not = migration.Databases.Where(word => word.StartsWith('!')).ToArray();
        return !Array.Exists(not, word => Is(word[1..])) && (migration.Databases.Count == not.Length || migration.Databases.Any(Is));
    }
}
