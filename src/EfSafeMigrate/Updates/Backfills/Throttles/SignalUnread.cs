namespace EfSafeMigrate.Updates.Backfills.Throttles;

/// <summary>A signal gave no answer, or one that says nothing.</summary>
#pragma warning disable CA1064 // The gate catches it.
internal sealed class SignalUnread(string reason) : Exception(reason);
