using EfSafeMigrate.Scaffolding.Setup;

namespace EfSafeMigrate.Tests.Scaffolding.Setup;

public sealed class SetupChangeTests
{
    [Theory]
    [InlineData(null, "a\nb\n", "+ a|+ b")]
    [InlineData("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nX\nd\ne\nf\n", "  b|  c|+ X|  d|  e")]
    [InlineData("a\nb\nc\n", "a\nc\n", "  a|- b|  c")]
    [InlineData("a\r\nb\r\n", "a\r\nX\r\nb\r\n", "  a|+ X|  b")]
    [InlineData("a\na\n", "a\na\na\n", "  a|  a|+ a")]
    public void IsShownLineByLine(string? before, string after, string lines) =>
        string.Join('|', new SetupChange(new SetupFile("x", text => text ?? ""), before, after).Lines()).ShouldBe(lines);

    [Fact]
    public void LineEndsStay()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "a\r\nb\r\n");

        new SetupFile(file, before => $"{before}c\n").Change().After.ShouldBe("a\r\nb\r\nc\r\n");
        new SetupFile(file, before => before!).Change().IsNothing.ShouldBeTrue();

        File.Delete(file);
    }
}
