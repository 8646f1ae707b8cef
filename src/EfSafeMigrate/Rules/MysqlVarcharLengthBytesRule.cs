using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;

namespace EfSafeMigrate.Rules;

internal sealed class MysqlVarcharLengthBytesRule : Rule
{
    public override Category Category => Category.Blocking;
    public override string Title => "A longer text takes another byte for its length in every row";
    public override string Condition =>
        "A varchar grows past 255 bytes, which is 63 characters of utf8mb4: on MySQL from any shorter length, on MariaDB from 128 to 255 bytes.";
    public override string Effect => "Up to 255 bytes the length is kept in one byte, beyond that in two: the table is copied, and every INSERT, UPDATE and DELETE waits until the copy ends.";
    public override string Workaround => "Stay within 255 bytes, or apply it when nobody writes.";

    public override IEnumerable<Finding> Judge(Situation situation)
    {
        if (situation.Change is not AlterColumn { Old: { } old } alter || situation.Engine.WideningOf(alter, situation.State) is not { } wider
            || !situation.Impact.Lasting || situation.Facts.NoTraffic)
        {
            yield break;
        }
        var stops = situation.Impact.Blocks == Blocks.Nothing ? "while traffic goes on" : $"and stops {Say.Stopped(situation.Impact, situation.Engine)} {Say.For(situation.Estimate, "the copy")}";
        var free = wider.Type.Equals(old.Type, StringComparison.OrdinalIgnoreCase) ? "" : $"; {wider.Type} needs no copy";
        yield return Find(
            situation,
            situation.StopsTraffic ? Sizes.OfBlocking(situation) : Severity.Careful,
            $"{alter.Table}.{alter.New.Name} grows from {old.Type} ({wider.From} bytes) to {alter.New.Type} ({wider.To} bytes), past the 255 whose length fits one byte: every row of {Say.Sized(alter.Table, situation.Table)} is copied {stops}{free}.",
            Evidence.Of(situation, "the copy"),
            Cure.Text(free.Length == 0
                ? $"Apply it when nobody writes to {alter.Table}, or keep {old.Type} and the longer texts in a column of their own"
                : $"Make it {wider.Type}, or add a column of type {alter.New.Type} beside {alter.New.Name} for the longer texts"));
    }
}
