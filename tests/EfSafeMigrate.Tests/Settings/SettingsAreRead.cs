using EfSafeMigrate.Changes;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Rules;
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
              "protected": { "environments": ["production", "live"], "servers": ["db.*"], "databases": ["shop_*"], "backup": "attested", "rehearsal": "skipped", },
              "backup": { "directory": "../kept", "keep": 7 },
              "approval": { "expires": "2h", "approverIsNotAuthor": true, "approvers": { "ann": "-----BEGIN PUBLIC KEY-----" } },
              "hooks": { "run-began": "./told.sh" }, "hookTimeout": "5s", "notify": "./notify.sh",
              "watch": { "queue": "SELECT 1" }, "verify": { "none": "SELECT 1 WHERE false" },
              "lockBudgetMilliseconds": 250, "quietPeriod": "1d", "contacts": { "on call": "+49 30 1" }, "rollback": { "flags": ["new-names"] }, "release": { "command": "./release" },
              "backfill": {
                "targetMilliseconds": 150, "batchSize": 500, "pauseMilliseconds": 20, "workers": 4, "onRowError": "skip-and-list",
                "throttle": {
                  "lagSeconds": 2.5, "activeTransactions": 40, "longestTransactionSeconds": 300, "logBytesPerSecond": 50000000,
                  "file": "hold", "query": "SELECT busy FROM load", "window": "22:00-05:30",
                },
              },
              "waivers": [
                { "rule": "missing-lock-timeout", "because": "the role sets it" },
                {
                  "rule": "drop-table", "migration": "*_Tidy", "table": "logs", "column": "id", "because": "nobody reads it", "expires": "2027-01-31",
                },
              ],
              "severities": { "drop-column": "dangerous", "prefer-text": "careful", "drop-view": "safe", "hash-index": "off" },
              "serverVersion": "15.4", "edition": "Standard", "failOn": "careful",
            }
            """);
        settings.Engine.ShouldBe("mariadb");
        (settings.Contacts["on call"], settings.Rollback.Flags.ShouldHaveSingleItem(), settings.ReleaseCommand).ShouldBe(("+49 30 1", "new-names", "./release"));
        settings.Protected.Environments.ShouldBe(["production", "live"]);
        (settings.Protected.Backup, settings.Protected.Rehearsal).ShouldBe((BackupNeed.Attested, RehearsalNeed.Skipped));
        (Path.GetFileName(settings.Backup.Directory), settings.Backup.Keep).ShouldBe(("kept", 7));
        (new SafeMigrateSettings().Protected.Backup, new SafeMigrateSettings().Protected.Rehearsal).ShouldBe((BackupNeed.Proven, RehearsalNeed.Passed));
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
        settings.Backfill.ShouldBe(new BackfillTerms
        {
            TargetMilliseconds = 150,
            BatchSize = 500,
            PauseMilliseconds = 20,
            Workers = 4,
            OnRowError = "skip-and-list",
            Lag = TimeSpan.FromSeconds(2.5),
            ActiveTransactions = 40,
            LongestTransaction = TimeSpan.FromMinutes(5),
            LogRate = 50_000_000,
            File = Path.Combine(Path.GetTempPath(), ".config", "hold"),
            Query = "SELECT busy FROM load",
            Window = new DayWindow(new TimeOnly(22, 0), new TimeOnly(5, 30)),
        });
        settings.Waivers.Select(waiver => (waiver.Waiver.Rule, waiver.Waiver.Reason, waiver.Waiver.Expires, waiver.Waiver.Line, waiver.Migration, waiver.Table, waiver.Column)).ShouldBe(
        [
            ("missing-lock-timeout", "the role sets it", null, 18, null, null, null),
            ("drop-table", "nobody reads it", new DateOnly(2027, 1, 31), 19, "*_Tidy", "logs", "id"),
        ]);
        settings.Severities.ShouldBe(
            new Dictionary<string, Severity?> { ["drop-column"] = Severity.Dangerous, ["prefer-text"] = Severity.Careful, ["drop-view"] = Severity.Safe, ["hash-index"] = null }, ignoreOrder: true);
        (settings.ServerVersion, settings.Edition, settings.FailOn).ShouldBe((new EngineVersion(15, 4), "Standard", "careful"));
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
    [InlineData("""{ "schemaVersion": 1, "protected": { "backup": "none" } }""", "`protected.backup` in `.config/safe-migrate.json` is `none`, which has no meaning.", "say proven or attested or skipped")]
    [InlineData("""{ "schemaVersion": 1, "protected": { "rehearsal": "Skipped" } }""", "`protected.rehearsal` in `.config/safe-migrate.json` is `Skipped`, which has no meaning.", "say passed or skipped")]
    [InlineData("""{ "schemaVersion": 1, "backup": { "directory": " " } }""", "`backup.directory` in `.config/safe-migrate.json` is empty.")]
    [InlineData("""{ "schemaVersion": 1, "backup": { "keep": 0 } }""", "`backup.keep` in `.config/safe-migrate.json` is 0.", "give a whole number from 1 to 1000")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "batch": 5 } }""", "`backfill.batch` in `.config/safe-migrate.json` has no meaning.")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "batchSize": 0 } }""", "`backfill.batchSize` in `.config/safe-migrate.json` is 0.", "give a whole number from 1 to 1000000")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "workers": 1.5 } }""", "`backfill.workers` in `.config/safe-migrate.json` is 1.5.", "give a whole number from 1 to 32")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "onRowError": "skip" } }""", "`backfill.onRowError` in `.config/safe-migrate.json` is `skip`.", "say stop or skip-and-list")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "throttle": { "lag": 5 } } }""", "`backfill.throttle.lag` in `.config/safe-migrate.json` has no meaning.")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "throttle": { "lagSeconds": -5 } } }""", "`backfill.throttle.lagSeconds` in `.config/safe-migrate.json` is below zero.")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "throttle": { "query": " " } } }""", "`backfill.throttle.query` in `.config/safe-migrate.json` is empty.")]
    [InlineData("""{ "schemaVersion": 1, "backfill": { "throttle": { "window": "at night" } } }""", "`backfill.throttle.window` in `.config/safe-migrate.json` is `at night`.", "give two times of day, for example 22:00-05:30")]
    [InlineData("""{ "schemaVersion": 1, "engine": "maria" }""", "`engine` in `.config/safe-migrate.json` is `maria`, which is no engine here.")]
    [InlineData("""{ "schemaVersion": 1, "notify": null }""", "`notify` in `.config/safe-migrate.json` is not a text.")]
    [InlineData("""{ "schemaVersion": 1, "notify": "a", "notify": "b" }""", "`notify` in `.config/safe-migrate.json` is there twice.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": {} }""", "`waivers` in `.config/safe-migrate.json` is not a list of objects.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [1] }""", "`waivers[0]` in `.config/safe-migrate.json` is not an object.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "drop-table" }] }""", "`waivers[0].because` in `.config/safe-migrate.json` is missing.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "drop-table", "because": " " }] }""", "`waivers[0].because` in `.config/safe-migrate.json` is missing.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "because": "b" }] }""", "`waivers[0].rule` in `.config/safe-migrate.json` is missing.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "drop-tabel", "because": "b" }] }""", "`waivers[0].rule` in `.config/safe-migrate.json` names `drop-tabel`, which is no rule.", "did you mean drop-table?")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "nothing-of-the-kind", "because": "b" }] }""", "`waivers[0].rule` in `.config/safe-migrate.json` names `nothing-of-the-kind`, which is no rule.", "docs/rules/README.md lists the rules")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "bad-waiver", "because": "b" }] }""", "`waivers[0].rule` in `.config/safe-migrate.json` names `bad-waiver`, which nobody can waive.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "drop-table", "because": "b", "expires": "31.1.2027" }] }""", "`waivers[0].expires` in `.config/safe-migrate.json` is `31.1.2027`, which is no day.")]
    [InlineData("""{ "schemaVersion": 1, "waivers": [{ "rule": "drop-table", "because": "b", "expire": "2027-01-31" }] }""", "`waivers[0].expire` in `.config/safe-migrate.json` has no meaning.")]
    [InlineData("""{ "schemaVersion": 1, "severities": { "drop-colum": "off" } }""", "`severities.drop-colum` in `.config/safe-migrate.json` is no rule.", "did you mean drop-column?")]
    [InlineData("""{ "schemaVersion": 1, "severities": { "drop-column": "ignore" } }""", "`severities.drop-column` in `.config/safe-migrate.json` is `ignore`, which is no severity.")]
    [InlineData("""{ "schemaVersion": 1, "severities": { "raw-sql-opaque": "off" } }""", "`severities.raw-sql-opaque` in `.config/safe-migrate.json` keeps its severity: it speaks of what is not judged, or not accepted.")]
    [InlineData("""{ "schemaVersion": 1, "severities": { "bad-waiver": "careful" } }""", "`severities.bad-waiver` in `.config/safe-migrate.json` keeps its severity: it speaks of what is not judged, or not accepted.")]
    [InlineData("""{ "schemaVersion": 1, "naming": { "tables": "(" } }""", "`naming.tables` in `.config/safe-migrate.json` is `(`, which is no style and no regular expression.", "say snake_case, PascalCase or camelCase, or give an expression without look-around and back references")]
    [InlineData("""{ "schemaVersion": 1, "naming": { "tables": "(?!old)\\w+" } }""", "`naming.tables` in `.config/safe-migrate.json` is `(?!old)\\w+`, which is no style and no regular expression.")]
    [InlineData("""{ "schemaVersion": 1, "serverVersion": 15 }""", "`serverVersion` in `.config/safe-migrate.json` is not a text.")]
    [InlineData("""{ "schemaVersion": 1, "serverVersion": "new" }""", "`serverVersion` in `.config/safe-migrate.json` is `new`, which is no version.")]
    [InlineData("""{ "schemaVersion": 1, "failOn": "safe" }""", "`failOn` in `.config/safe-migrate.json` is `safe`, which is no threshold.")]
    [InlineData("""{ "schemaVersion": 2 }""", "`schemaVersion` in `.config/safe-migrate.json` is 2, and this version of the tool reads 1.")]
    [InlineData("{ }", "`schemaVersion` in `.config/safe-migrate.json` is missing.")]
    [InlineData("[]", "`.config/safe-migrate.json` holds no JSON object.")]
    [InlineData("{\n  \"schemaVersion\" 1 }", "`.config/safe-migrate.json` is not valid JSON (line 2).")]
    public void OrRefusedInOneSentence(string text, string sentence, string? next = null)
    {
        var refused = Should.Throw<SafeMigrateException>(() => Read(text));
        refused.Message.ShouldBe(sentence);
        refused.Next.ShouldNotBeEmpty();
        refused.Next.ShouldBe(next ?? refused.Next);
        refused.Code.ShouldBe(ExitCode.Environment);
    }

    [Fact]
    public void WithTheNamesThatATeamAgreedOn()
    {
        var naming = Read("""{ "schemaVersion": 1, "naming": { "tables": "SNAKE_CASE", "indexes": "ix_.+|uq_.+" } }""").PolicyAt(TimeProvider.System).Naming;

        naming.Forms.Select(each => (each.Key, each.Value.Said)).ShouldBe([("tables", "are snake_case"), ("indexes", "match ix_.+|uq_.+")]);
        naming.Broken([new("table", "order_lines"), new("table", "OrderLines"), new("index", "ix_a"), new("index", "my_ix_a"), new("column", "X")])
            .ShouldBe([("OrderLines", "tables are snake_case"), ("my_ix_a", "indexes match ix_.+|uq_.+")]);
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
