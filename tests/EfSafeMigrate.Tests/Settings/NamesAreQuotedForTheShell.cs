namespace EfSafeMigrate.Tests.Settings;

public sealed class NamesAreQuotedForTheShell
{
    [Theory]
    [InlineData("shop", "shop")]
    [InlineData("/srv/café-2_a.b", "/srv/café-2_a.b")]
    [InlineData("my shop", "'my shop'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    [InlineData("~shop", "'~shop'")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("", "''")]
    public void AWordStaysOneWord(string name, string typed) => ShellWord.Of(name, windows: false).ShouldBe(typed);

    [Fact]
    public void ElsewhereWithDoubleQuotes() => ShellWord.Of("my \"shop\"", windows: true).ShouldBe("\"my \\\"shop\\\"\"");
}
