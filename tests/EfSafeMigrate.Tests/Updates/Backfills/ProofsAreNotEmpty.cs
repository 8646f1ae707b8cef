using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates.Backfills;

namespace EfSafeMigrate.Tests.Updates.Backfills;

/// <summary>A verification that looked at nothing, or not at everything, finds no difference either: it proves nothing.</summary>
public class ProofsAreNotEmpty
{
    private static readonly ComparedChunk[] Whole = [Chunk(null, "3", 3, "10"), Chunk("3", "7", 4, "20"), Chunk("7", null, 2, "-5")];

    [Fact]
    public void A_walk_over_the_whole_table_without_a_difference_is_a_proof() => Of(Whole).ShouldBe(new Proven(9, 3, "25"));

    [Fact]
    public void An_engine_without_a_hash_proves_by_comparing_every_row() =>
        Of([Whole[0] with { Range = KeyRange.All, Actual = null, Expected = null }], 3, 3, hashes: false).ShouldBe(new Proven(3, 1, null));

    [Fact]
    public void Digests_that_are_no_numbers_are_kept_in_order() =>
        ((Proven)Of([Whole[0] with { Actual = "ab", Expected = "ab" }, .. Whole[1..]])).Digest.ShouldNotBe(((Proven)Of([Whole[0] with { Actual = "ac", Expected = "ac" }, .. Whole[1..]])).Digest);

    [Fact]
    public void A_difference_is_told_with_its_chunk()
    {
        var differing = Whole[1] with { Differing = 2 };
        Of([Whole[0], differing, Whole[2]]).ShouldBeOfType<Differs>().Chunks.ShouldHaveSingleItem().Compared.ShouldBe(differing);
    }

    public static TheoryData<string, string> Worlds => new()
    {
        { "no chunk", nameof(Doubt.NoChunk) },
        { "empty table", nameof(Doubt.EmptyTable) },
        { "no row concerned", nameof(Doubt.NoRowConcerned) },
        { "begins late", nameof(Doubt.ChunksDoNotMeet) },
        { "ends early", nameof(Doubt.ChunksDoNotMeet) },
        { "first chunk left out", nameof(Doubt.ChunksDoNotMeet) },
        { "middle chunk left out", nameof(Doubt.ChunksDoNotMeet) },
        { "last chunk left out", nameof(Doubt.ChunksDoNotMeet) },
        { "chunk twice", nameof(Doubt.ChunksDoNotMeet) },
        { "chunks overlap", nameof(Doubt.ChunksDoNotMeet) },
        { "open end in the middle", nameof(Doubt.ChunksDoNotMeet) },
        { "chunk of nothing", nameof(Doubt.ChunksDoNotMeet) },
        { "only one row", nameof(Doubt.ChunksDoNotMeet) },
        { "fewer rows than the table", nameof(Doubt.RowCount) },
        { "more rows than the table", nameof(Doubt.RowCount) },
        { "fewer rows than a table that grew", nameof(Doubt.RowCount) },
        { "trigger is missing", nameof(Doubt.Trigger) },
        { "digest is missing", nameof(Doubt.Digest) },
        { "digest differs", nameof(Doubt.Digest) },
        { "both digests are missing", nameof(Doubt.Digest) },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void What_is_doubtful_is_not_proven(string world, string why)
    {
        var verdict = world switch
        {
            "no chunk" => Of([]),
            "empty table" => Of([Chunk(null, null, 0, "0")], 0, 0),
            "no row concerned" => Of([.. Whole.Select(chunk => chunk with { Concerned = 0 })]),
            "begins late" => Of([Chunk("1", "3", 3, "10"), .. Whole[1..]]),
            "ends early" => Of([.. Whole[..2], Chunk("7", "8", 2, "-5")]),
            "first chunk left out" => Of([.. Whole[1..]], 6, 6),
            "middle chunk left out" => Of([Whole[0], Whole[2]], 5, 5),
            "last chunk left out" => Of([.. Whole[..2]], 7, 7),
            "chunk twice" => Of([Whole[0], Whole[1], Whole[1], Whole[2]], 13, 13),
            "chunks overlap" => Of([Whole[0], Chunk("2", "7", 4, "20"), Whole[2]]),
            "open end in the middle" => Of([Whole[0], Chunk("3", null, 4, "20"), Whole[2]]),
            "chunk of nothing" => Of([Whole[0], Whole[1], Chunk("7", "7", 0, "0"), Whole[2]]),
            "only one row" => Of([Whole[0] with { Range = new(null, null) { IsRow = true } }], 3, 3),
            "fewer rows than the table" => Of(Whole, 10, 10),
            "more rows than the table" => Of(Whole, 8, 8),
            "fewer rows than a table that grew" => Of(Whole, 11, 14),
            "trigger is missing" => Of(Whole, missing: "t_fill"),
            "digest is missing" => Of([Whole[0] with { Actual = null }, .. Whole[1..]]),
            "digest differs" => Of([Whole[0] with { Actual = "11" }, .. Whole[1..]]),
            "both digests are missing" => Of([Whole[0] with { Actual = null, Expected = null }, .. Whole[1..]]),
            _ => throw new ArgumentOutOfRangeException(nameof(world)),
        };
        var doubt = verdict.ShouldBeOfType<NotProven>();
        doubt.Why.ToString().ShouldBe(why);
        doubt.Sentence.ShouldStartWith("t.c: ");
        doubt.HasNothing.ShouldBe(why is nameof(Doubt.EmptyTable) or nameof(Doubt.NoRowConcerned));
    }

    [Theory]
    [InlineData(8, 10)]
    [InlineData(9, 12)]
    [InlineData(12, 9)]
    [InlineData(10, 11)]
    public void A_table_that_changes_meanwhile_has_about_as_many_rows(long before, long after) => Of(Whole, before, after).ShouldBeOfType<Proven>();

    [Fact]
    public void A_missing_trigger_comes_before_the_rows_that_it_left() =>
        Of([Whole[0] with { Differing = 1 }, .. Whole[1..]], missing: "t_fill").ShouldBeOfType<NotProven>().Why.ShouldBe(Doubt.Trigger);

    private static BackfillVerdict Of(ComparedChunk[] chunks, long before = 9, long after = 9, bool hashes = true, string? missing = null) =>
        new BackfillEvidence("t.c", [.. chunks.Select(chunk => new DifferingChunk(chunk, []))], before, after) { Hashes = hashes, MissingTrigger = missing }.Verdict;

    private static ComparedChunk Chunk(string? after, string? upTo, long rows, string digest) =>
        new(new(after is null ? null : [after], upTo is null ? null : [upTo]), rows, 0, digest, digest);
}
