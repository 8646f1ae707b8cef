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

    /// <summary>Reading every Designer for it would take longer than all the rest.</summary>
    private readonly Lazy<bool> triggers = new(() => migrations.Snapshots.Count == 0 || migrations.Snapshots.Any(snapshot => classes.Tree.Read(snapshot.File)?.Contains("HasTrigger(", StringComparison.Ordinal) == true));

    /// <param name="ids">Oldest first.</param>
    public ChangeSet Read(IReadOnlyList<string> ids)
    {
        var (described, places) = Describe(ids);
        return new ChangeReader((message, _) => places[message.Id], dialect).Read(described);
    }

    public (DescribeResult Described, IReadOnlyDictionary<string, SourcePlaces> Places) Describe(IReadOnlyList<string> ids)
    {
        // Two of one id are a finding of their own; EF takes neither.
        var places = ids.Distinct().Select(id => all.ToList().FindIndex(migration => migration.Id == id)).ToArray();
        var read = OnAllCores.Select(places, at => Read(all[at]));
        List<MigrationMessage> described = [];
        DatabaseModel? after = null;
        for (var index = 0; index < read.Length; index++)
        {
            var follows = index > 0 && places[index] == places[index - 1] + 1;
            described.Add(Described(read[index], follows ? after : null, places[index], out after));
        }
        return (new(described, null), read.ToDictionary(each => each.Migration.Id, each => each.Places));
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
        after = followed.SqlChangesTables && Modelled(at) is { } told ? told : followed.Filled.Aggregate(followed.After, (model, filled) => HasDefault(at, filled.Column) ? model : WithoutDefault(model, filled.Table, filled.Column));
        return new MigrationMessage(read.Migration.Id, source, read.Operations, followed.Commands)
        {
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

    /// <summary>EF gives existing rows of a required column a value by a default that the model does not have.</summary>
    private bool HasDefault(int at, string column)
    {
        if (all[at].Designer is not { } designer || classes.Tree.Read(designer) is not { } text)
        {
            return true;
        }
        var name = $"(\"{column}\")";
        for (var found = text.IndexOf(name, StringComparison.Ordinal); found >= 0; found = text.IndexOf(name, found + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf(';', found);
            var statement = text.AsSpan()[(text.LastIndexOf(';', found) + 1)..(end < 0 ? text.Length : end)];
            if (statement.Contains("HasDefaultValue(", StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    private static DatabaseModel WithoutDefault(DatabaseModel model, TableName table, string column) => model with
    {
        Tables =
        [
            .. model.Tables.Select(each => each.Name.Matches(table)
                ? each with { Columns = [.. each.Columns.Select(known => known.Name == column ? known with { Default = null } : known)] }
                : each),
        ],
    };

    /// <summary>Triggers are in no operation.</summary>
    private bool SaysMore(int at) =>
        triggers.Value && at >= 0 && all[at].Designer is { } designer && classes.Tree.Read(designer)?.Contains("HasTrigger(", StringComparison.Ordinal) == true;
}
