using EfSafeMigrate.Engines;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Commands;

/// <summary>How a review judges: what the call says stands over what the settings say.</summary>
/// <param name="Advice">Also the rules on design.</param>
/// <param name="FailOn">Null for never.</param>
internal sealed record ReviewTerms(SafeMigrateSettings Settings, Policy Policy, bool Advice, Severity? FailOn)
{
    /// <summary>The settings' server is the one meant: they name its engine, or no other.</summary>
    /// <param name="apart">True for a text, which may be for another server than the project's: the settings have to name its engine.</param>
    public FactSheet Over(FactSheet measured, Engine engine, bool apart) => !IsMeant(engine, apart) ? measured : measured.Declared($"{Settings.ServerVersion}") with
    {
        Edition = measured.Edition ?? Settings.Edition,
    };

    /// <summary>What the server says other than the settings do.</summary>
    public IReadOnlyList<string> Disagreements(FactSheet measured, Engine engine)
    {
        List<string> found = [];
        if (IsMeant(engine, apart: false) && Settings.ServerVersion is { } said && measured.Version is { Known: true, Value: { } version } && !IsOf(version, said))
        {
            found.Add($"The settings say {engine.Name} {said}, the server is {version}: judged for {version}.");
        }
        if (IsMeant(engine, apart: false) && Settings.Edition is { } edition && measured.Edition is { } real && !real.Equals(edition, StringComparison.OrdinalIgnoreCase))
        {
            found.Add($"The settings say edition {edition}, the server is {real}: judged for {real}.");
        }
        return found;
    }

    private bool IsMeant(Engine engine, bool apart) => apart ? Settings.Engine == engine.Id : Settings.Engine is null || Settings.Engine == engine.Id;

    /// <summary>15 says nothing of 15.4.</summary>
    private static bool IsOf(EngineVersion version, EngineVersion said) =>
        version.Major == said.Major && (said.Minor == 0 || version.Minor == said.Minor) && (said.Patch == 0 || version.Patch == said.Patch);
}
