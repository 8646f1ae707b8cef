using EfSafeMigrate.Commands;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Tests.Commands;

/// <summary>Nobody's version is bumped without being asked for.</summary>
public sealed class ReleasesAreOffered : IDisposable
{
    private static readonly UpdatePlan Plan = new(new Target("server", "shop", "ann", "f00d"), []);

    private readonly string folder = Directory.CreateTempSubdirectory("safe-migrate-release-").FullName;

    private readonly StringWriter said = new();

    public void Dispose()
    {
        said.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string File => Path.Combine(folder, "released");

    private SafeMigrateSettings Settings => new() { ReleaseCommand = $"cat > {File}" };

    [Fact]
    public async Task AndNotMade()
    {
        await FollowAsync(Settings);

        said.ToString().ShouldBe($"  next  cat > {File}   makes version and changelog; apply --release does so by itself\n");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public async Task AndMadeWhenSomebodySaysSo()
    {
        await FollowAsync(Settings, "--release");

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe("""{"schemaVersion":1,"event":"release","migrations":[]}""" + "\n");
        said.ToString().ShouldContain($"  released  cat > {File}");
    }

    [Fact]
    public async Task AndNotSpokenOfWhereThereIsNone()
    {
        await FollowAsync(new SafeMigrateSettings());

        said.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsAppliedStaysWhenItFails()
    {
        var failure = await Should.ThrowAsync<SafeMigrateException>(() => FollowAsync(new() { ReleaseCommand = "echo no tag >&2; exit 7" }, "--release"));

        failure.Message.ShouldBe("Everything is applied, and the release command refused: no tag.");
        failure.Code.ShouldBe(ExitCode.StoppedSafely);
        failure.Next.ShouldEndWith("echo no tag >&2; exit 7");
    }

    [Theory]
    [InlineData(false, false, "they have none")]
    [InlineData(true, true, "exclude each other")]
    public void ABadCallIsRefusedBeforeAnything(bool configured, bool planOnly, string why) =>
        Should.Throw<SafeMigrateException>(() => Option("--release").Check(configured ? Settings : new(), planOnly)).Message.ShouldContain(why);

    private Task FollowAsync(SafeMigrateSettings settings, params string[] arguments) =>
        Option(arguments).FollowAsync(settings, Plan, new Talk(said, verbose: false, terminal: false), CancellationToken.None);

    private static ReleaseOption Option(params string[] arguments)
    {
        var command = new CommandLineApplication();
        var option = new ReleaseOption(command);
        command.Parse(arguments);
        return option;
    }
}
