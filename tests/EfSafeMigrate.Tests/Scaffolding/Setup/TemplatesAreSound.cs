using EfSafeMigrate.Scaffolding.Setup;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Tests.Scaffolding.Setup;

public sealed class TemplatesAreSound
{
    [Fact]
    public void SettingsCanBeRead()
    {
        var text = Templates.Read("safe-migrate.jsonc");
        SettingsFile.Read(text, "/x/.config/safe-migrate.json").Protected.Environments.ShouldBe(["Production"]);

        // Each line that is commented out, too.
        var whole = string.Join('\n', text.Split('\n').Select(line => line.TrimStart().StartsWith("// ,", StringComparison.Ordinal) ? line.Replace("// ,", ",", StringComparison.Ordinal) : line));
        var all = SettingsFile.Read(whole, "/x/.config/safe-migrate.json");
        all.Waivers.ShouldHaveSingleItem();
        (all.Engine, all.ServerVersion?.ToString(), all.Protected.Databases.Count, all.Protected.Servers.Count).ShouldBe(("mariadb", "15", 1, 1));
    }

    [Fact]
    public void NoPlaceIsLeftOpen() =>
        Should.Throw<InvalidOperationException>(() => Templates.Fill("hook.sh", new Dictionary<string, string>())).Message.ShouldBe("templates/hook.sh wants {{paths}}.");

    [Fact]
    public void ExpressionsOfGitHubStay() =>
        Templates.Fill("github-actions.yml", new Dictionary<string, string> { ["arguments"] = "--project src", ["branch"] = "main", ["sdk"] = "10.0.x" })
            .ShouldSatisfyAllConditions(text => text.ShouldContain("${{ secrets.DATABASE }}"), text => text.ShouldNotContain(" {{"), text => text.ShouldContain("review --project src --base"));
}
