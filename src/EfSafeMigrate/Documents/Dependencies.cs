using System.Globalization;
using EfSafeMigrate.Engines;
using EfSafeMigrate.Reports;

namespace EfSafeMigrate.Documents;

/// <summary>The parts that carry a change, their versions, and what these are known to do with each other.</summary>
internal static class Dependencies
{
    private static readonly IReadOnlyList<Incompatibility> OfEf =
    [
        new(Part.EfCore, "`dotnet ef database update` and `Migrate()` run all pending migrations in one transaction, and a later one that fails takes the earlier ones back; `apply` runs each by itself.", "https://github.com/dotnet/efcore/issues/35096") { From = 9, Before = 10 },
        new(Part.EfCore, "`Migrate()` throws as long as the model has changes without a migration; a target that is named is exempt since 9.0.2.", "https://github.com/dotnet/efcore/issues/35285") { From = 9 },
        new(Part.EfCore, "`dotnet ef` wants `--framework` where a project has several.", "read in the source of dotnet-ef 10") { From = 10 },
        new(Part.EfCore, "A migration's class is called by its id and the snapshot names the newest migration, so that branches which both add one conflict in it.", "https://github.com/dotnet/efcore/issues/37688") { From = 11 },
    ];

    public static string Of(Dossier dossier)
    {
        var parts = Parts(dossier);
        return Page.Join(
            Page.Table(["part", "version", "known by"], parts.Select(part => (IReadOnlyList<string>)[Markdown.Text(part.Name), part.Version is { } version ? Markdown.Code(version, inTable: true) : "not known", part.By])),
            Known(dossier, parts));
    }

    private static string Known(Dossier dossier, IReadOnlyList<Dependency> parts)
    {
        var ef = parts[0].Major ?? 0;
        (string Sentence, string Source)[] known =
        [
            .. OfEf.Concat(dossier.Engine.Incompatibilities)
                .Where(each => parts.FirstOrDefault(part => part.Part == each.Part)?.Major is { } major && each.Concerns(major, ef))
                .Select(each => (each.Sentence, each.Source)),
            .. parts[1].Major is { } provider && ef > 0 && provider != ef && parts[1].FollowsEf
                ? [($"The provider is of version {provider.ToString(CultureInfo.InvariantCulture)} and EF Core of version {ef.ToString(CultureInfo.InvariantCulture)}: a provider is made for one major version.", "the versions above")]
                : Array.Empty<(string, string)>(),
        ];
        return known.Length == 0 ? "Nothing is known that these versions do to each other."
            : Page.Join("What these versions are known to do:", Page.Table(["what", "source"], known.Select(each => (IReadOnlyList<string>)[each.Sentence, Linked(each.Source)])));
    }

    private static IReadOnlyList<Dependency> Parts(Dossier dossier)
    {
        var review = dossier.Review;
        var (measured, assumed) = (review.Facts.Version.Value, review.Engine.Assumed);
        return
        [
            new(Part.EfCore, "EF Core", review.EfVersion, "the application") { FollowsEf = true },
            new(Part.Provider, review.Provider ?? "provider", review.ProviderVersion, "the application") { FollowsEf = review.Provider is { } name && !review.Engine.ProvidersWithOwnVersions.Contains(name) },
            new(Part.Driver, "driver", dossier.Database?.Driver, dossier.Database?.Driver is null ? "a connection would tell" : "the connection"),
            new(Part.Server, review.Engine.Name, $"{measured ?? assumed}", measured is null ? "assumed" : review.Facts.Version.Basis == Facts.FactBasis.Assumed ? "given" : "the server"),
        ];
    }

    private static string Linked(string source) => source.StartsWith("https://", StringComparison.Ordinal) ? $"<{source}>" : Markdown.Text(source);

    private sealed record Dependency(Part Part, string Name, string? Version, string By)
    {
        /// <summary>Its major version is that of the EF Core it is made for.</summary>
        public bool FollowsEf { get; init; }

        public int? Major => EngineVersion.TryParse(Version?.Split(' ')[^1], out var parsed) ? parsed.Major : null;
    }
}
