namespace EfSafeMigrate.Updates.Preflight;

internal sealed class VersionCheck : PreflightCheck
{
    public override string Title => "the server's version";

    public override Task<IReadOnlyList<Objection>> CheckAsync(PreflightContext context, CancellationToken cancellation)
    {
        var (engine, version, forms) = (context.Engine.Name, context.Version, context.Forms);
        return Task.FromResult<IReadOnlyList<Objection>>(
            version < forms.Oldest ? [Objection.Refuse($"{engine} {version} is too old: runs work on {forms.Oldest} and newer.", "dotnet ef database update   works without the safeguards")]
            : version.Major > forms.Newest ? [Objection.Warn($"{engine} {version} is newer than {forms.Newest}, the last one whose locks were measured.", "try the run on a copy first")]
            : []);
    }
}
