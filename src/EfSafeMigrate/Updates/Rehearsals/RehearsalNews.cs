namespace EfSafeMigrate.Updates.Rehearsals;

internal abstract record RehearsalNews;

/// <param name="Number">Which of them it is, from one.</param>
internal sealed record MigrationTried(PlannedUpdate Migration, int Number, int Of) : RehearsalNews;

internal sealed record MigrationKnown(RehearsedMigration Migration) : RehearsalNews;
