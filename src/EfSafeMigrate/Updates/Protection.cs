using EfSafeMigrate.Changes;
using EfSafeMigrate.Projects;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Updates;

/// <summary>Why a target takes more than a yes; nothing when it does not. One reason is enough: the strictest wins.</summary>
internal sealed record Protection(IReadOnlyList<string> Reasons)
{
    public bool IsOn => Reasons.Count > 0;

    /// <summary>A clause: <c>the environment `production` is protected</c>.</summary>
    public string Why => Reasons[0];

    public static Protection Of(Target target, ProtectedTargets settings, IEnumerable<MarkedProtected> marks)
    {
        var environment = target.Environment ?? HostEnvironment.Default;
        var host = target.Server.Split(':')[0];
        return new(
        [
            .. settings.Environments.Where(name => Wildcard.Matches(name, environment)).Select(_ => $"the environment `{environment}` is protected"),
            .. settings.Servers.Where(pattern => Wildcard.Matches(pattern, target.Server) || Wildcard.Matches(pattern, host)).Select(pattern => $"servers like `{pattern}` are protected"),
            .. settings.Databases.Where(pattern => Wildcard.Matches(pattern, target.Database)).Select(pattern => $"databases like `{pattern}` are protected"),
            .. marks.Select(mark => $"its journal marks it as protected ({mark.Reason})"),
        ]);
    }
}
