using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>What a person is told while a database is backed up or restored.</summary>
internal abstract record BackupNews;

/// <param name="Bytes">So far.</param>
internal sealed record Dumping(long Bytes) : BackupNews;

internal sealed record Dumped(long Bytes, TimeSpan Time) : BackupNews;

/// <summary>The rows of a table have been read.</summary>
internal sealed record TableRead(TableContents Table) : BackupNews;

/// <summary>It goes into a scratch database now.</summary>
internal sealed record Proving : BackupNews;

internal sealed record Proved(int Tables, long Rows, TimeSpan Time) : BackupNews;

/// <summary>What is told of the scratch database.</summary>
internal sealed record OfScratch(ScratchNews News) : BackupNews;

/// <summary>What a run left that was killed is gone.</summary>
internal sealed record PartialGone(string Path) : BackupNews;

/// <summary>An old backup is gone.</summary>
internal sealed record OldGone(string Path, DateTimeOffset At) : BackupNews;

internal sealed record FilesChecked(int Files, long Bytes) : BackupNews;

internal sealed record Restoring(string Where) : BackupNews;

internal sealed record Emptied(string Where) : BackupNews;

internal sealed record Uploaded(int Files, string To) : BackupNews;

/// <summary>Writers go on while the dump and the digests begin: they may show two moments.</summary>
internal sealed record NotStill(string Why) : BackupNews;
