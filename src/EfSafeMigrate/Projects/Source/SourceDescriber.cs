using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Protocol;
using EfSafeMigrate.Sql;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Migrations as messages, as the agent describes them, but from their source: no build, no provider.</summary>
/// <param name="migrations">Of one context.</param>
/// <param name="provider">What <c>ActiveProvider</c> answers.</param>
internal sealed class SourceDescriber(SourceClasses classes, SourceMigrations migrations, Engine engine, string provider)
{
    private readonly SqlDialect dialect = SqlDialect.Of(engine.Id);
    private readonly IReadOnlyList<SourceMigration> all = migrations.Migrations;

    public DescribeResult Describe(IReadOnlyList<string> ids)
    {
        var places = ids.Select(id => all.ToList().FindIndex(migration => migration.Id == id)).ToArray();
        var read = places.AsParallel().AsOrdered().Select(at => Read(all[at])).ToArray();
        List<MigrationMessage> described = [];
        DatabaseModel? after = null;
        for (var index = 0; index < read.Length; index++)
        {
            var follows = index > 0 && places[index] == places[index - 1] + 1;
            var message = Described(read[index], follows ? after : null, places[index], out after);
            described.Add(message);
        }
        return new(described, null);
    }

    private ReadMigration Read(SourceMigration migration) => ReadMigration.Of(migration, classes, engine.Provider, provider);

    /// <summary>
    /// A Designer is read where nothing else tells the schema: in front of the first migration, where SQL has changed tables, where the model
    /// has what operations do not say, and where an operation is about a table that the operations before did not make.
    /// </summary>
    private MigrationMessage Described(ReadMigration read, DatabaseModel? known, int at, out DatabaseModel after)
    {
        var source = known is not null && !SaysMore(at - 1) ? known : Before(at);
        var followed = new FollowedMigration(read, source, engine, dialect);
        if (followed.MeetsStrangers && known is not null && Modelled(at - 1) is { } modelled)
        {
            followed = new FollowedMigration(read, source = modelled, engine, dialect);
        }
        after = followed.SqlChangesTables ? Modelled(at) ?? followed.After : followed.After;
        return new MigrationMessage(read.Migration.Id, source, read.Operations, followed.Commands)
        {
            Places = read.Places,
            TypeName = read.Migration.Class,
            NoWayBack = read.NoWayBack,
        };
    }

    /// <summary>The schema in front of a migration.</summary>
    private DatabaseModel Before(int at) =>
        at == 0 ? DatabaseModel.Empty
        : Modelled(at - 1) ?? new FollowedMigration(Read(all[at - 1]), Before(at - 1), engine, dialect).After;

    /// <summary>The schema behind a migration as its Designer says it; null where it has none.</summary>
    private DatabaseModel? Modelled(int at) => at < 0 ? DatabaseModel.Empty : SourceModel.Of(all[at], classes, engine);

    /// <summary>Triggers are in no operation.</summary>
    private bool SaysMore(int at) =>
        at >= 0 && all[at].Designer is { } designer && classes.Tree.Read(designer)?.Contains("HasTrigger(", StringComparison.Ordinal) == true;
}
