using System.Text.Json.Serialization;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Updates.Backfills;

/// <summary>A backfill as the database knows it.</summary>
/// <param name="Name">The migration's id, with <c>/2</c> for its second backfill; or the column, for one that belongs to no migration.</param>
/// <param name="Target">Table and column, for people.</param>
/// <param name="Checksum">Of what it writes: another expression is another backfill.</param>
/// <param name="Run">The run that has it in hand, or had it last.</param>
/// <param name="Total">About how many rows there are.</param>
/// <param name="Tuning"><see cref="BackfillTuning"/> as JSON.</param>
/// <param name="News"><see cref="BackfillProgress"/> as JSON.</param>
/// <param name="Seen">When it was heard of last, by the clock of the machine it runs on.</param>
internal sealed record BackfillRecord(
    string Name, string Target, string Checksum, string Run, BackfillState State, long Total, BackfillWish Wanted, string Tuning, string News, DateTimeOffset Seen);

internal enum BackfillState
{
    Running,

    /// <summary>A person, or a throttle, holds it; the news say which.</summary>
    Held,

    /// <summary>A person has ended it; it can be taken up again where it is.</summary>
    Cancelled,

    /// <summary>It stopped by itself; it can be taken up again where it is.</summary>
    Failed,

    /// <summary>Every row was walked over; not yet verified.</summary>
    Drained,

    /// <summary>Every row has its value, and that was looked at.</summary>
    Verified,
}

/// <summary>What a person wants of it.</summary>
internal enum BackfillWish
{
    Run,
    Pause,
    Cancel,
}

/// <summary>One worker's share: a range that no other worker touches.</summary>
/// <param name="Cursor">The last key that is done; null before the first.</param>
internal sealed record BackfillPart(int Number, KeyRange Range, IReadOnlyList<string>? Cursor)
{
    public long Walked { get; init; }

    public long Changed { get; init; }

    public bool IsDone { get; init; }

    public KeyRange Rest => Range with { After = Cursor ?? Range.After };
}

/// <summary>What a person has changed while it runs; null for what stays as the run was told.</summary>
internal sealed record BackfillTuning
{
    public int? BatchSize { get; init; }

    public int? TargetMilliseconds { get; init; }

    public int? PauseMilliseconds { get; init; }

    public int? Workers { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackfillTuning))]
[JsonSerializable(typeof(BackfillProgress))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class BackfillJson : JsonSerializerContext;
