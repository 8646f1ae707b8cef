using EfSafeMigrate.Engines;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Rollbacks;

namespace EfSafeMigrate.Documents;

/// <summary>Everything a document is written from: migrations as they were judged, and what is known of where they will run.</summary>
internal sealed record Dossier(Review Review, SafeMigrateSettings Settings, ToolCalls Calls)
{
    /// <summary>The chosen migrations, oldest first.</summary>
    public IReadOnlyList<ReviewedMigration> Migrations { get; } =
        [.. Review.Migrations.Where(each => each.Migration is { IsPendingModel: false, IsByHand: false, IsRemark: false, IsOfSettings: false })];

    /// <summary>Contracts of their plans that are written later.</summary>
    public IReadOnlyList<HeldContract> Held { get; init; } = [];

    /// <summary>Ids of all migrations of the context, oldest first; empty where nobody has asked.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Null where no database was looked at.</summary>
    public FoundDatabase? Database { get; init; }

    /// <summary>There is a file in which findings of history are accepted.</summary>
    public bool HasBaseline { get; init; }

    /// <summary>Nothing where no database was looked at.</summary>
    public Protection Protection => Database is { } database ? Protection.Of(database.Target, Settings.Protected, database.Marks) : new([]);

    public Engine Engine => Review.Engine;

    public Rollout Rollout => Rollout.Of(this);

    /// <summary>There are model changes that no migration holds.</summary>
    public bool HasMore => Review.Migrations.Any(each => each.Migration.IsPendingModel && each.Migration.Changes.Count > 0);

    /// <summary>The names of the plans, and of migrations that belong to none.</summary>
    public IReadOnlyList<string> Names => [.. Migrations.Select(each => each.Migration.Phase?.Plan ?? each.Migration.Name).Distinct()];

    /// <summary>As a heading.</summary>
    public string Title => Markdown.Text(Rules.Say.Some(Names));

    /// <summary>What the database is at before the first of them, as <c>rollback</c> takes it; null where nobody knows.</summary>
    public string? Before => Known.Count == 0 || Migrations.Count == 0 ? null : Known.TakeWhile(id => id != Migrations[0].Migration.Id).LastOrDefault() ?? Undoing.Nothing;

    /// <summary>Pending before the last of the chosen ones, and not chosen: they run as well.</summary>
    public IReadOnlyList<string> AlsoPending => Database is null || Migrations.Count == 0 ? []
        : [.. Known.TakeWhile(id => id != Migrations[^1].Migration.Id).Except(Database.Applied).Except(Migrations.Select(each => each.Migration.Id))];
}

/// <summary>A database as it was found.</summary>
/// <param name="Applied">In EF's history.</param>
internal sealed record FoundDatabase(Target Target, IReadOnlyList<string> Applied, IReadOnlyList<JournalEntry> Journal)
{
    /// <summary>The driver and its version.</summary>
    public string? Driver { get; init; }

    /// <summary>What its journal says of protection.</summary>
    public IReadOnlyList<MarkedProtected> Marks { get; init; } = [];
}
