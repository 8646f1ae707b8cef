using System.Text;
using EfSafeMigrate.Commands;
using EfSafeMigrate.Reports;
using EfSafeMigrate.Tests.Reports;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

public sealed class ReportsAreWritten : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-reports-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SeveralInOneRun()
    {
        var output = Read("--format", "markdown", "--output", $"sarif={In("a.sarif")}", "--output", $"HTML={In("a b.html")}", "--output", $"text={In("a=b.txt")}");

        output.Format.Name.ShouldBe("markdown");
        ReportWriting.Write(Reviews.Shop(), output.Files);
        File.ReadAllText(In("a.sarif")).ShouldBe(SarifReport.Of(Reviews.Shop()) + "\n");
        File.ReadAllText(In("a b.html")).ShouldBe(HtmlReport.Of(Reviews.Shop()));
        File.ReadAllText(In("a=b.txt")).ShouldStartWith("\n  Shop · ShopContext");
        Directory.GetFiles(folder).Length.ShouldBe(3);
        File.ReadAllBytes(In("a b.html"))[0].ShouldBe((byte)'<');
    }

    [Theory]
    [InlineData("`--format yaml` is not a format.", "--format", "yaml")]
    [InlineData("`--output yaml` is not a format.", "--output", "yaml=a")]
    [InlineData("`--output a.sarif` does not say format and file.", "--output", "a.sarif")]
    [InlineData("`--output sarif=` does not say format and file.", "--output", "sarif=")]
    [InlineData("`--output sarif=-` names no file.", "--output", "sarif=-")]
    [InlineData("There is no folder `nowhere/deep` for `nowhere/deep/a.sarif`.", "--output", "sarif=nowhere/deep/a.sarif")]
    [InlineData("`.` is a folder.", "--output", "sarif=.")]
    [InlineData("a.x` twice.", "--output", "sarif=a.x", "--output", "html=./a.x")]
    public void NotWhenTheCallIsBad(string sentence, params string[] arguments)
    {
        var refusal = Should.Throw<SafeMigrateException>(() => Read(arguments));

        refusal.Message.ShouldContain(sentence);
        refusal.Code.ShouldBe(ExitCode.Environment);
    }

    [Fact]
    public void NotWithTwoFormatsForStandardOutput()
    {
        Should.Throw<SafeMigrateException>(() => Read(true, "--format", "html")).Message.ShouldBe("--json and --format html exclude each other.");
        Read(true, "--format", "json").Format.Name.ShouldBe("json");
        Read(true).Format.Name.ShouldBe("json");
        Read().Format.Name.ShouldBe("text");
    }

    [Fact]
    public void OverWhatWasThere()
    {
        File.WriteAllText(In("a.md"), new string('x', 500_000));

        ReportWriting.Write(Reviews.Empty(), Read("--output", $"markdown={In("a.md")}").Files);

        File.ReadAllText(In("a.md")).ShouldBe(MarkdownReport.Of(Reviews.Empty()));
    }

    [Fact]
    public void NoneWhenOneCannotBe()
    {
        File.WriteAllText(In("a.md"), "before");
        var files = Read("--output", $"markdown={In("a.md")}", "--output", $"html={In("b.html")}").Files;
        Directory.CreateDirectory(In("b.html"));

        var refusal = Should.Throw<SafeMigrateException>(() => ReportWriting.Write(Reviews.Shop(), files));

        refusal.Message.ShouldStartWith("A report cannot be written:");
        Directory.GetFiles(folder).ShouldBe([In("a.md")]);
        File.ReadAllText(In("a.md")).ShouldBe("before");
    }

    [Fact]
    public void ThroughALink()
    {
        File.WriteAllText(In("real.md"), "before");
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        File.CreateSymbolicLink(In("link.md"), In("real.md"));

        ReportWriting.Write(Reviews.Empty(), Read("--output", $"markdown={In("link.md")}").Files);

        new FileInfo(In("link.md")).LinkTarget.ShouldNotBeNull();
        File.ReadAllText(In("real.md")).ShouldBe(MarkdownReport.Of(Reviews.Empty()));
    }

    private static ReviewOutput Read(params string[] arguments) => Read(false, arguments);

    private static ReviewOutput Read(bool json, params string[] arguments)
    {
        var app = new CommandLineApplication();
        var formats = new FormatOptions(app);
        app.Parse(arguments);
        return formats.Read(json);
    }

    private string In(string name) => Path.Combine(folder, name);
}
