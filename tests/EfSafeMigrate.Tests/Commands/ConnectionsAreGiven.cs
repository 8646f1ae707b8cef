using EfSafeMigrate.Commands;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

public sealed class ConnectionsAreGiven
{
    [Theory]
    [InlineData("postgres://app:S3cret@db/shop")]
    [InlineData("postgresql://app:S3cret@db:5432/shop?sslmode=require")]
    public void Not_as_a_URL(string text)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Read(text));
        refused.Message.ShouldBe("The connection is given as a URL, which .NET's drivers do not read.");
        $"{refused} {refused.Next} {refused.Detail}".ShouldNotContain("S3cret");
    }

    [Theory]
    [InlineData("Host=db;Password=a://b")]
    [InlineData("Data Source=file:///srv/shop.db")]
    [InlineData("Name=Shop")]
    public void As_the_provider_reads_it(string text) => Read(text).ShouldBe(text);

    private static string? Read(string text)
    {
        var app = new CommandLineApplication();
        var options = new DatabaseOptions(app);
        app.Parse("--connection", text);
        return options.Read(new Talk(TextWriter.Null, verbose: false, terminal: false));
    }
}
