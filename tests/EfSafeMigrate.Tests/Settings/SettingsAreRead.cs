using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Settings;

public sealed class SettingsAreRead
{
    [Fact]
    public void WithCommentsAndTrailingCommas()
    {
        var settings = Read("""
            {
              // For everybody.
              "schemaVersion": 1, "engine": "mariadb",
              "protected": { "environments": ["production", "live"], "servers": ["db.*"], "databases": ["shop_*"], },
              "approval": { "expires": "2h", "approverIsNotAuthor": true, "approvers": { "ann": "-----BEGIN PUBLIC KEY-----" } },
              "hooks": { "run-began": "./told.sh" }, "hookTimeout": "5s", "notify": "./notify.sh",
              "watch": { "queue": "SELECT 1" }, "verify": { "none": "SELECT 1 WHERE false" },
              "lockBudgetMilliseconds": 250, "quietPeriod": "1d",
            }
            """);
        settings.Engine.ShouldBe("mariadb");
        settings.Protected.Environments.ShouldBe(["production", "live"]);
        settings.Protected.Servers.ShouldBe(["db.*"]);
        settings.Protected.Databases.ShouldBe(["shop_*"]);
        settings.Approval.Expires.ShouldBe(TimeSpan.FromHours(2));
        settings.Approval.ApproverIsNotAuthor.ShouldBeTrue();
        settings.Approval.Approvers["ann"].ShouldStartWith("-----BEGIN");
        settings.Hooks["run-began"].ShouldBe("./told.sh");
        settings.HookTimeout.ShouldBe(TimeSpan.FromSeconds(5));
        settings.Notify.ShouldBe("./notify.sh");
        settings.Watch["queue"].ShouldBe("SELECT 1");
        settings.Verify["none"].ShouldBe("SELECT 1 WHERE false");
        settings.LockBudgetMilliseconds.ShouldBe(250);
        settings.QuietPeriod.ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public void WithDefaultsForWhatIsNotSaid()
    {
        var settings = Read("""{ "schemaVersion": 1, "protected": { "servers": ["*"] } }""");
        settings.Protected.Environments.ShouldBe(["production"]);
        settings.Approval.Expires.ShouldBe(TimeSpan.FromHours(8));
        settings.QuietPeriod.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData("""{ "schemaVersion": 1, "protect": {} }""", "`protect` in `.config/safe-migrate.json` has no meaning.")]
    [InlineData("""{ "schemaVersion": 1, "protected": { "server": [] } }""", "`protected.server` in `.config/safe-migrate.json` has no meaning.")]
    [InlineData("""{ "schemaVersion": 1, "protected": { "servers": "db" } }""", "`protected.servers` in `.config/safe-migrate.json` is not a list of texts.")]
    [InlineData("""{ "schemaVersion": 1, "protected": { "servers": [1] } }""", "`protected.servers` in `.config/safe-migrate.json` is not a text everywhere.")]
    [InlineData("""{ "schemaVersion": 1, "approval": { "expires": "soon" } }""", "`approval.expires` in `.config/safe-migrate.json` is `soon`, which is no length of time.")]
    [InlineData("""{ "schemaVersion": 1, "approval": { "approverIsNotAuthor": "yes" } }""", "`approval.approverIsNotAuthor` in `.config/safe-migrate.json` is not true or false.")]
    [InlineData("""{ "schemaVersion": 1, "approval": { "approvers": { "ann": "no-such.pem" } } }""", "`approval.approvers.ann` in `.config/safe-migrate.json` names the file `no-such.pem`, which is not there.")]
    [InlineData("""{ "schemaVersion": 1, "hooks": { "run-began": 5 } }""", "`hooks.run-began` in `.config/safe-migrate.json` is not a text everywhere.")]
    [InlineData("""{ "schemaVersion": 1, "lockBudgetMilliseconds": -1 }""", "`lockBudgetMilliseconds` in `.config/safe-migrate.json` is below zero.")]
    [InlineData("""{ "schemaVersion": 1, "engine": "maria" }""", "`engine` in `.config/safe-migrate.json` is `maria`, which is no engine here.")]
    [InlineData("""{ "schemaVersion": 1, "notify": null }""", "`notify` in `.config/safe-migrate.json` is not a text.")]
    [InlineData("""{ "schemaVersion": 1, "notify": "a", "notify": "b" }""", "`notify` in `.config/safe-migrate.json` is there twice.")]
    [InlineData("""{ "schemaVersion": 2 }""", "`schemaVersion` in `.config/safe-migrate.json` is 2, and this version of the tool reads 1.")]
    [InlineData("{ }", "`schemaVersion` in `.config/safe-migrate.json` is missing.")]
    [InlineData("[]", "`.config/safe-migrate.json` holds no JSON object.")]
    [InlineData("{\n  \"schemaVersion\" 1 }", "`.config/safe-migrate.json` is not valid JSON (line 2).")]
    public void OrRefusedInOneSentence(string text, string sentence)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Read(text));
        refused.Message.ShouldBe(sentence);
        refused.Next.ShouldNotBeEmpty();
        refused.Code.ShouldBe(ExitCode.Environment);
    }

    [Fact]
    public void FromTheNearestFolderUpwards()
    {
        var root = Directory.CreateTempSubdirectory("safe-migrate-settings-").FullName;
        try
        {
            var below = Directory.CreateDirectory(Path.Combine(root, "src", "Shop")).FullName;
            Directory.CreateDirectory(Path.Combine(root, ".config"));
            File.WriteAllText(Path.Combine(root, ".config", "safe-migrate.json"), """{ "schemaVersion": 1, "notify": "far" }""");
            SettingsFile.Find(below).Notify.ShouldBe("far");
            Directory.CreateDirectory(Path.Combine(root, "src", ".config"));
            File.WriteAllText(Path.Combine(root, "src", ".config", "safe-migrate.json"), """{ "schemaVersion": 1, "notify": "near" }""");
            SettingsFile.Find(below).Notify.ShouldBe("near");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("db.*", "db.internal", true)]
    [InlineData("DB.*", "db.internal", true)]
    [InlineData("db", "db.internal", false)]
    [InlineData("shop_?", "shop_1", true)]
    [InlineData("shop_?", "shop_12", false)]
    [InlineData("*", "anything", true)]
    public void APatternIsTheWholeName(string pattern, string name, bool matches) => Wildcard.Matches(pattern, name).ShouldBe(matches);

    private static SafeMigrateSettings Read(string text) => SettingsFile.Read(text, Path.Combine(Path.GetTempPath(), ".config", "safe-migrate.json"));
}
