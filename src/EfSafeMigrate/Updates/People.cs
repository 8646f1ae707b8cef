using EfSafeMigrate.Projects;

namespace EfSafeMigrate.Updates;

/// <summary>Who is who, as git knows them.</summary>
internal static class People
{
    /// <summary>Whoever runs the tool.</summary>
    public static async Task<Person> MeAsync(string folder, CancellationToken cancellation) =>
        await Git.UserAsync(folder, cancellation) is { } user ? new Person(user.Name, user.Email) : new Person(Environment.UserName, null);

    /// <summary>Whoever wrote the migrations; what is not committed was written here.</summary>
    /// <returns>Nobody when the source of a migration is not here.</returns>
    public static async Task<IReadOnlyList<Person>> AuthorsAsync(string folder, IEnumerable<string> migrations, CancellationToken cancellation)
    {
        var locations = new SourceLocations(folder);
        List<Person> authors = [];
        foreach (var id in migrations)
        {
            if (locations.PathOf(id) is not { } file)
            {
                return [];
            }
            var known = await Git.AuthorsAsync(file, cancellation);
            authors.AddRange(known.Count == 0 ? [await MeAsync(folder, cancellation)] : known.Select(author => new Person(author.Name, author.Email)));
        }
        return [.. authors.Distinct()];
    }
}
