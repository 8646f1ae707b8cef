using System.Diagnostics;
using EfSafeMigrate.Updates.Scratches;

namespace EfSafeMigrate.Updates.Backups;

/// <summary>What is told of a backup, passed on and kept for the journal.</summary>
internal sealed class BackupCourse(Action<BackupNews> tell)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan? written;
    private Proved? proof;

    /// <summary>The scratch database; empty as long as there is none.</summary>
    public string Scratch { get; private set; } = "";

    public void Tell(BackupNews news)
    {
        switch (news)
        {
            case Dumped dumped:
                written = dumped.Time;
                break;
            case Proved proved:
                proof = proved;
                break;
            case OfScratch { News: ScratchMade made }:
                Scratch = made.Where;
                break;
        }
        tell(news);
    }

    public BackedUp Written(string folder, BackupManifest manifest) => new(folder, manifest.Digest, manifest.State)
    {
        Bytes = manifest.Bytes, Seconds = Rounded(written ?? clock.Elapsed), Attestation = manifest.Attestation,
    };

    /// <summary>Null when it was not proven.</summary>
    public BackupProven? Proven(string folder, BackupManifest manifest) => proof is null || manifest.State != BackupState.Proven ? null
        : new(folder, manifest.Digest, Scratch) { Tables = proof.Tables, Rows = proof.Rows, Seconds = Rounded(proof.Time) };

    public IReadOnlyList<RunEvent> Events(string folder, BackupManifest manifest) =>
        Proven(folder, manifest) is { } proven ? [Written(folder, manifest), proven] : [Written(folder, manifest)];

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
