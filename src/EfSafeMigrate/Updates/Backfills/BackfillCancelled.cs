namespace EfSafeMigrate.Updates.Backfills;

/// <summary>A person has ended the backfill; what is done stays done, and it can be taken up again.</summary>
#pragma warning disable CA1064 // Whoever runs the backfill catches it.
internal sealed class BackfillCancelled(string name) : Exception($"The backfill {name} was cancelled by hand.");
