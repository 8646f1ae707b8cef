using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EfSafeMigrate.EndToEndTests.Phases;

namespace EfSafeMigrate.EndToEndTests.Applying;

/// <summary>What somebody approved is what runs: the same migrations, on the same database, in time, and not by who wrote them.</summary>
[Collection(nameof(BusySample))]
public sealed class PlansAreApproved(InstalledTool tool, BusySample sample)
{
    private static readonly string[] Harmless = ["--to", "AddGrade"];

    [Fact]
    public async Task InTheJournal()
    {
        await using var notes = await ProductionAsync();
        var (hash, _) = await notes.PlanAsync(Harmless);
        (await notes.MustAsync(3, "approve", ["0123-4567-89ab-cdef", .. Harmless])).Error.ShouldContain("Nothing was approved.");
        (await notes.MustAsync(3, "approve", [hash[..8], .. Harmless])).Error.ShouldContain($"`{hash[..8]}` is only the beginning of the plan's hash, which is {GuardedNotes.Spoken(hash)}.");

        var approved = await notes.MustAsync(0, "approve", [GuardedNotes.Spoken(hash), .. Harmless]);
        await notes.MustAsync(0, "apply", [.. Harmless, .. Named(notes)]);

        approved.Output.ShouldContain($"plan {GuardedNotes.Spoken(hash)} · 1 migration · {notes.Database.Name}@{notes.Server}");
        (await notes.AppliedAsync()).Count.ShouldBe(2);
        (await notes.MustAsync(2, "approve", [hash, .. Harmless])).Error.ShouldContain("`20260104000000_AddGrade` is applied already.");
        var (rest, _) = await notes.PlanAsync();
        await notes.RefusesAsync(3, $"The plan {GuardedNotes.Spoken(rest)} is not approved: the environment `Production` is protected. Nothing was changed.", $"dotnet safe-migrate approve {GuardedNotes.Spoken(rest)}", Named(notes));
    }

    [Fact]
    public async Task ButNotAnotherPlanOrDatabase()
    {
        await using var notes = await ProductionAsync();
        var (hash, _) = await notes.PlanAsync(Harmless);
        await notes.MustAsync(0, "approve", [hash, .. Harmless]);
        var spoken = GuardedNotes.Spoken(hash);

        notes.Environment["BUSY_EDITED"] = "Level";
        await notes.RefusesAsync(3, $"The plan {spoken} was approved for 1 migration; 20260104000000_AddGrade has changed since. Nothing was changed.", "dotnet safe-migrate apply --plan-only, and have the new plan approved", [.. Harmless, .. Named(notes)]);
        await notes.RefusesAsync(3, $"The plan {spoken} was approved for 1 migration; 20260104000000_AddGrade has changed since.", "dotnet safe-migrate apply --plan-only", [.. Harmless, "--approve", hash, .. Named(notes)]);
        notes.Environment.Remove("BUSY_EDITED");

        await notes.RefusesAsync(3, $"The plan {spoken} was approved for 1 migration; there are now 2 (20260105000000_DropTitle is new). Nothing was changed.", "dotnet safe-migrate apply --plan-only", Named(notes));

        // A copy has the journal too, and is another database.
        await using var copy = await PhasedDatabase.CopyAsync(notes.Database, "busy");
        await notes.RefusesAsync(copy, 3, $"The plan {spoken} was approved for another database. Nothing was changed.", "dotnet safe-migrate apply --plan-only", [.. Harmless, "--expect-database", copy.Name]);

        await notes.MustAsync(0, "apply", [.. Harmless, .. Named(notes)]);
    }

    [Fact]
    public async Task NorTooLate()
    {
        await using var notes = await ProductionAsync();
        var (hash, _) = await notes.PlanAsync(Harmless);
        (await notes.MustAsync(2, "approve", [hash, .. Harmless, "--expires", "0s"])).Error.ShouldContain("`--expires 0s` is no length of time.");
        var approved = JsonNode.Parse((await notes.MustAsync(0, "approve", [hash, .. Harmless, "--expires", "1s", "--json"])).Output)!;
        var expires = DateTimeOffset.Parse((string)approved["expires"]!, System.Globalization.CultureInfo.InvariantCulture);
        while (DateTimeOffset.UtcNow <= expires)
        {
            await Task.Delay(50);
        }

        await notes.RefusesAsync(
            3, $"The plan {GuardedNotes.Spoken(hash)} was approved until {expires.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; that is over. Nothing was changed.", "dotnet safe-migrate apply --plan-only",
            [.. Harmless, .. Named(notes)]);
    }

    [Fact]
    public async Task NorByWhoWroteIt()
    {
        await using var notes = await ProductionAsync("""{ "schemaVersion": 1, "approval": { "approverIsNotAuthor": true } }""");
        await CommittedByAsync(notes.Project, "Ann Author", "ann@example.org");
        var (hash, _) = await notes.PlanAsync(Harmless);

        Is(notes, "Ann Author", "ann@work.example.org");
        (await notes.MustAsync(3, "approve", [hash, .. Harmless])).Error.ShouldContain("Ann Author wrote one of the migrations, and the settings want an approver who did not. Nothing was approved.");
        await notes.RefusesAsync(3, "Ann Author wrote one of the migrations, and the settings want an approver who did not. Nothing was changed.", "", [.. Harmless, "--approve", hash, .. Named(notes)]);
        Is(notes, "A. Author", "ANN@example.org");
        (await notes.MustAsync(3, "approve", [hash, .. Harmless])).Error.ShouldContain("wrote one of the migrations");

        Is(notes, "Bea Reader", "bea@example.org");
        (await notes.MustAsync(0, "approve", [hash, .. Harmless])).Output.ShouldContain("approved by Bea Reader until ");
        Is(notes, "Ann Author", "ann@example.org");
        await notes.MustAsync(0, "apply", [.. Harmless, .. Named(notes)]);
    }

    /// <summary>Whoever approves has the plan as a file, and neither project nor database.</summary>
    [Fact]
    public async Task InASignedFile()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var notes = await ProductionAsync(new JsonObject
        {
            ["schemaVersion"] = 1, ["approval"] = new JsonObject { ["approvers"] = new JsonObject { ["bea"] = key.ExportSubjectPublicKeyInfoPem() } },
        }.ToJsonString());
        var (hash, printed) = await notes.PlanAsync();
        await File.WriteAllTextAsync(notes.PathOf("plan.json"), printed);
        await File.WriteAllTextAsync(notes.PathOf("bea.pem"), key.ExportECPrivateKeyPem());
        await File.WriteAllTextAsync(notes.PathOf("stranger.pem"), stranger.ExportECPrivateKeyPem());
        await SignAsync("bea.pem", "approval.json");
        await SignAsync("stranger.pem", "strange.json");

        string[] named = Named(notes);
        await notes.RefusesAsync(3, "The signature of `strange.json` is of nobody who may approve. Nothing was changed.", "name the signer's public key", [.. named, "--approval", "strange.json"]);
        foreach (var (what, change) in new (string, Action<JsonNode>)[]
        {
            ("later", approval => approval["expires"] = "2099-01-01T00:00:00+00:00"),
            ("another database", approval => approval["fingerprint"] = new string('0', 64)),
            ("another migration", approval => approval["migrations"]![0]!["checksum"] = new string('0', 64)),
        })
        {
            var tampered = JsonNode.Parse(await File.ReadAllTextAsync(notes.PathOf("approval.json")))!;
            change(tampered["approval"]!);
            await File.WriteAllTextAsync(notes.PathOf("tampered.json"), tampered.ToJsonString());
            await notes.RefusesAsync(3, "The signature of `tampered.json` is of nobody who may approve. Nothing was changed.", "name the signer's public key", [.. named, "--approval", "tampered.json"]);
        }
        await File.WriteAllTextAsync(notes.PathOf("tampered.json"), printed.Replace("20260105000000_DropTitle\",\"phase", "20260105000000_DropTitles\",\"phase", StringComparison.Ordinal));
        (await notes.RunOfflineAsync("approve", hash, "--plan", "tampered.json", "--output", "x.json", "--sign-with", "bea.pem")).Error.ShouldContain("`tampered.json` holds no whole plan.");

        notes.Environment["BUSY_EDITED"] = "Level";
        await notes.RefusesAsync(3, $"The plan {GuardedNotes.Spoken(hash)} was approved for 2 migrations; 20260104000000_AddGrade has changed since.", "dotnet safe-migrate apply --plan-only", [.. named, "--approval", "approval.json"]);
        notes.Environment.Remove("BUSY_EDITED");
        await notes.MustAsync(0, "apply", [.. named, "--approval", "approval.json"]);
        (await notes.AppliedAsync()).Count.ShouldBe(3);
        (await notes.Database.LinesAsync("SELECT entry::json -> 'approver' ->> 'name', entry::json ->> 'reason' FROM safe_migrate.journal WHERE kind = 'approved'")).ShouldBe(["bea | titles are not used"]);

        async Task SignAsync(string by, string to)
        {
            var signed = await notes.RunOfflineAsync("approve", hash, "--plan", "plan.json", "--output", to, "--sign-with", by, "--destructive", "--reason", "titles are not used");
            signed.Code.ShouldBe(0, signed.Error);
            signed.Output.ShouldContain($"plan {GuardedNotes.Spoken(hash)} · 2 migrations · {notes.Database.Name}@{notes.Server}");
        }
    }

    private async Task<GuardedNotes> ProductionAsync(string? settings = null)
    {
        var notes = await GuardedNotes.CreateAsync(tool, sample, settings);
        notes.Environment["DOTNET_ENVIRONMENT"] = "Production";
        return notes;
    }

    private static string[] Named(GuardedNotes notes) => ["--expect-database", notes.Database.Name];

    private static void Is(GuardedNotes notes, string name, string address)
    {
        notes.Environment["GIT_CONFIG_COUNT"] = "2";
        (notes.Environment["GIT_CONFIG_KEY_0"], notes.Environment["GIT_CONFIG_VALUE_0"]) = ("user.name", name);
        (notes.Environment["GIT_CONFIG_KEY_1"], notes.Environment["GIT_CONFIG_VALUE_1"]) = ("user.email", address);
    }

    private static async Task CommittedByAsync(string project, string name, string address)
    {
        foreach (var arguments in new string[][] { ["init", "-q"], ["add", "Migrations"], ["-c", $"user.name={name}", "-c", $"user.email={address}", "commit", "-q", "-m", "Migrations"] })
        {
            var done = await Shell.RunAsync(project, "git", arguments);
            done.Code.ShouldBe(0, done.Error);
        }
    }
}
