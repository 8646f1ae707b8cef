using EfSafeMigrate.Engines;
using EfSafeMigrate.Updates;
using EfSafeMigrate.Updates.Drifts;
using EfSafeMigrate.Updates.Rehearsals;

namespace EfSafeMigrate.Tests.Updates;

/// <summary>The journal keeps a schema whole once, and then only what has changed; what it keeps comes back as it was, or not at all.</summary>
public sealed class SchemasAreKept
{
    private static readonly SchemaLine Table = new("table", null, "Orders", "");
    private static readonly SchemaLine Column = new("column", "Orders", "a \"b\"", "text DEFAULT 'ü\n'");
    private static readonly SchemaLine View = new("view", null, "v", "SELECT 1");

    [Fact]
    public void EachComesBackAsItWas()
    {
        Schema[] states = [new([Table, Column]), new([Table, Column, View]), new([Table, View with { Definition = "SELECT 2" }]), new([]), new([Table])];
        List<JournalEntry> entries = [];
        foreach (var state in states)
        {
            entries.Add(Entry(KeptSchema.Of(state, KeptSchema.In(entries) is [.., var last] ? last.Schema : null, ["one"])));
        }

        KeptSchema.In(entries).Select(kept => Text(kept.Schema!)).ShouldBe(states.Select(Text));
        entries.Select(entry => ((SchemaKept)entry.Event!).Whole).ShouldBe([true, false, false, false, false]);
    }

    [Fact]
    public void AThousandColumnsTakeLittleRoomAndAnotherOneNextToNone()
    {
        var schema = new Schema([.. Enumerable.Range(0, 1000).Select(at => new SchemaLine("column", $"Table{at / 10}", $"Column{at}", at % 2 == 0 ? "character varying(100) NOT NULL" : "numeric(10,2)"))]);
        var whole = KeptSchema.Of(schema, null, []);
        var next = KeptSchema.Of(schema with { Lines = [.. schema.Lines, View] }, schema, []);

        whole.Lines!.Length.ShouldBeLessThan(20_000);
        next.Lines!.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void TooMuchIsNotKept()
    {
        var random = new Random(1);
        var noise = new byte[2_000_000];
        random.NextBytes(noise);
        var kept = KeptSchema.Of(new([View with { Definition = Convert.ToBase64String(noise) }]), null, []);

        kept.Lines.ShouldBeNull();
        KeptSchema.In([Entry(kept)]).ShouldHaveSingleItem().Schema.ShouldBeNull();
        KeptSchema.In([Entry(kept), Entry(KeptSchema.Of(new([View]), null, []))])[1].Schema!.Lines.ShouldBe([View]);
    }

    [Fact]
    public void WhatIsNotWhatWasWrittenIsNotBelieved()
    {
        var (first, second) = (KeptSchema.Of(new([Table]), null, []), KeptSchema.Of(new([Table, View]), new([Table]), []));

        KeptSchema.In([Entry(first with { Lines = "no base64" })])[0].Schema.ShouldBeNull();
        KeptSchema.In([Entry(first with { Schema = second.Schema })])[0].Schema.ShouldBeNull();
        KeptSchema.In([Entry(second)])[0].Schema.ShouldBeNull("it goes on from nothing");
        KeptSchema.In([Entry(first), Entry(new JournalRepaired("why", 1, null)), Entry(second)]).ShouldHaveSingleItem().Schema.ShouldBeNull();
    }

    [Fact]
    public void TheHistoryCountsInAnyOrder()
    {
        KeptSchema.HistoryOf(["a", "b"]).ShouldBe(KeptSchema.HistoryOf(["b", "a"]));
        KeptSchema.HistoryOf(["a", "b"]).ShouldNotBe(KeptSchema.HistoryOf(["ab"]));
    }

    private static JournalEntry Entry(RunEvent happened) => new(1, "run", happened, "");

    private static string Text(Schema schema) => string.Join('\n', schema.Lines.Select(line => line.ToString()).Order(StringComparer.Ordinal));
}
