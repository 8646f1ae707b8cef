using System.Text.Json.Nodes;
using EfSafeMigrate.Settings;
using EfSafeMigrate.Updates;
using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>The command that makes version and changelog: offered when everything is applied, and run only when somebody says so.</summary>
internal sealed class ReleaseOption(CommandLineApplication command)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly CommandOption release = command.Option("--release", "Also run the release command of the settings, when everything is applied.", CommandOptionType.NoValue);

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check(SafeMigrateSettings settings, bool planOnly)
    {
        if (release.HasValue() && settings.ReleaseCommand is null)
        {
            throw new SafeMigrateException("--release runs the release command of the settings, and they have none.", $"\"release\": {{ \"command\": \"…\" }} in {SettingsFile.Name}");
        }
        if (release.HasValue() && planOnly)
        {
            throw new SafeMigrateException("--release and --plan-only exclude each other.", "leave out one of them");
        }
    }

    /// <exception cref="SafeMigrateException">The command does not end well; what is applied stays.</exception>
    public async Task FollowAsync(SafeMigrateSettings settings, UpdatePlan plan, Talk talk, CancellationToken cancellation)
    {
        if (settings.ReleaseCommand is not { } command)
        {
            return;
        }
        if (!release.HasValue())
        {
            talk.Say($"  next  {command}   makes version and changelog; apply --release does so by itself");
            return;
        }
        var told = new JsonObject { ["schemaVersion"] = 1, ["event"] = "release", ["migrations"] = new JsonArray([.. plan.Migrations.Select(migration => JsonValue.Create(migration.Id))]) };
        if (await talk.During("Running the release command", HookProcess.RunAsync(command, told.ToJsonString(), Limit, cancellation)) is { } wrong)
        {
            throw new SafeMigrateException($"Everything is applied, and the release command {wrong}.", $"mend it, then run it by hand: {command}", ExitCode.StoppedSafely);
        }
        talk.Say($"  released  {command}");
    }
}
