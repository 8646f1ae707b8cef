using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Projects.Repositories;
using EfSafeMigrate.Projects.Source;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Commands;

/// <summary>Judges migrations by their source: no build, no agent, no database.</summary>
internal static partial class SourceReview
{
    private const string NotAsked = "Model changes that have no migration yet are not looked for: that takes a build, without --source.";

    /// <param name="tree">The files as they stand where they are to be judged.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="context">As it was given; null for the only one.</param>
    /// <param name="given">The engine as it was given; null to find it out.</param>
    /// <param name="choose">The ids to judge, among all, oldest first.</param>
    /// <param name="history">What git says of the files; null where nobody asked.</param>
    /// <param name="look">What more there is to judge, given the changes as they are read, all migrations and the engine.</param>
    public static Review Of(
        SourceTree tree, string name, string? context, Engine? given, Func<IReadOnlyList<string>, IReadOnlyList<string>> choose, SourceJudgement judgement, ProjectHistory? history = null, Func<ChangeSet, SourceMigrations, Engine, IReadOnlyList<HistoryChange>>? look = null)
    {
        var found = history?.Here.Migrations ?? SourceMigrations.In(tree);
        var chosenContext = ContextOf(found, context, name);
        var migrations = found.Of(chosenContext);
        var classes = new SourceClasses(tree);
        var (choice, provider, version) = EngineOf(tree, migrations, given, name);
        var engine = choice.Engine;
        string[] ids = [.. migrations.Migrations.Select(migration => migration.Id)];
        var news = history?.Choose(chosenContext, ids, (judgement.Baseline?.Read(tree.Directory, name, chosenContext ?? "") ?? Baseline.None).Holds);
        var chosen = news?.Ids ?? choose(ids);
        var changes = new SourceDescriber(classes, migrations, engine, provider).Read(chosen);
        var more = look?.Invoke(changes, migrations, engine) ?? [];
        judgement.Facts.CheckTables(changes);
        var terms = judgement.Terms;
        var facts = judgement.Facts.Over(terms.Over(FactSheet.Unknown, engine, apart: false));
        var trapped = SourceTraps.AddTo(changes.WithPartitions(facts), classes, migrations, chosenContext ?? "");
        var judged = Review.Judge(
            HistoryTraps.AddTo(history?.AddTo(trapped, chosenContext, chosen) ?? trapped, more), judgement.Together, engine, facts, terms.Advice, terms.Policy with { Known = ids });
        var left = judgement.Baseline?.Apply(judged, tree.Directory, name, chosenContext ?? "", ids);
        return new Review
        {
            Project = name,
            Folder = ReviewedFolder.Of(tree.Directory, migrations.Snapshots.Count > 0 ? migrations.Snapshots[0].File : null),
            Context = chosenContext,
            EfVersion = EfVersionIn(tree, migrations),
            Provider = provider,
            ProviderVersion = version,
            Engine = engine,
            EngineBasis = choice.Basis,
            OtherEngines = choice.Others,
            Facts = facts,
            Chosen = news?.Said(pending: null),
            Notes = [NotAsked, .. left?.Note is { } note ? [note] : Array.Empty<string>()],
            Migrations = left?.Migrations ?? judged,
            Baselined = left,
            FailOn = terms.FailOn,
        };
    }

    private static string? ContextOf(SourceMigrations found, string? wanted, string name)
    {
        var contexts = found.Migrations.Select(migration => migration.Context).Concat(found.Snapshots.Select(snapshot => snapshot.Context)).Distinct().ToArray();
        if (wanted is not null)
        {
            var simple = ProjectErrors.Short(wanted);
            return contexts.FirstOrDefault(context => string.Equals(context, simple, StringComparison.OrdinalIgnoreCase))
                ?? throw ProjectErrors.NoSuchContext(wanted, contexts.OfType<string>().DefaultIfEmpty("none with migrations").ToArray());
        }
        return contexts switch
        {
            [] => throw new SafeMigrateException($"`{name}` holds no migrations.", "name the project that holds them with --project"),
            [var only] => only,
            _ => throw ProjectErrors.SeveralContexts([.. contexts.OfType<string>()]),
        };
    }

    private static (EngineChoice Choice, string Provider, string? Version) EngineOf(SourceTree tree, SourceMigrations migrations, Engine? given, string name)
    {
        if (given is not null)
        {
            return (new(given, EngineBasis.Options), given.Providers[0], null);
        }
        var settings = SettingsFile.Find(tree.Directory).Engine;
        if (EngineInSource.Of(tree, migrations) is { } found)
        {
            var hints = new EngineHints { Options = found.Engines.Count > 1 ? EngineInSource.Options(tree) : null, Settings = settings };
            return (EngineBook.Choose(found.Engines, hints)!, found.Provider, found.Version);
        }
        return EngineBook.All.FirstOrDefault(engine => engine.Id == settings) is { } configured
            ? (new(configured, EngineBasis.Settings), configured.Providers[0], null)
            : throw new SafeMigrateException($"Nothing in `{name}` tells which database its migrations are for.", $"say it with --engine: {string.Join(", ", EngineBook.All.Select(engine => engine.Id))}");
    }

    /// <summary>The version that wrote the newest model.</summary>
    private static string? EfVersionIn(SourceTree tree, SourceMigrations migrations) =>
        migrations.Snapshots.Select(snapshot => snapshot.File).Concat(migrations.Migrations.Reverse().Select(migration => migration.Designer).OfType<string>().Take(1))
            .Select(tree.Read).OfType<string>().Select(text => ProductVersion().Match(text)).FirstOrDefault(match => match.Success)?.Groups["version"].Value;

    [GeneratedRegex("""HasAnnotation\("ProductVersion",\s*"(?<version>[^"]+)"\)""")]
    private static partial Regex ProductVersion();
}

/// <summary>How a review is to judge, whatever it reads.</summary>
/// <param name="Baseline">Null to hear of accepted findings as well.</param>
internal sealed record SourceJudgement(GivenFacts Facts, bool Together, ReviewTerms Terms, BaselineOptions? Baseline);
