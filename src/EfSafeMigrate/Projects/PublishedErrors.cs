namespace EfSafeMigrate.Projects;

/// <summary>Every sentence about a published application that cannot be opened.</summary>
internal static class PublishedErrors
{
    private const string Whole = "publish it as separate files: dotnet publish -p:PublishSingleFile=false -p:PublishTrimmed=false";

    public static SafeMigrateException NoFolder(string folder) =>
        new($"There is no folder `{folder}`.", "give --from the folder that `dotnet publish` wrote to");

    public static SafeMigrateException NothingPublished(string folder) =>
        new($"`{folder}` holds no published application: there is no *.runtimeconfig.json in it.", "give --from the folder that `dotnet publish` wrote to");

    public static SafeMigrateException SingleFile(string file) =>
        new($"`{file}` is published as a single file; its assemblies are inside it, where EF cannot be reached.", Whole);

    public static SafeMigrateException Trimmed(string name) =>
        new($"`{name}` is published trimmed; what only migrations use of EF Core may have been cut off.", Whole);

    public static SafeMigrateException NoDependencyFile(string name) =>
        new($"`{name}.deps.json` is missing beside `{name}.runtimeconfig.json`.", Whole);

    public static SafeMigrateException Damaged(string file, string why) =>
        new($"`{file}` of the publication cannot be read.", "copy the whole output of `dotnet publish`", detail: why);

    public static SafeMigrateException Missing(string name, string file) =>
        new($"The publication of `{name}` is incomplete: `{file}` is in its list and not in its folder.", "copy the whole output of `dotnet publish`");

    public static SafeMigrateException NoEntityFramework(string name) =>
        new($"`{name}` does not use EF Core with a relational provider.", "give --from the application that holds the DbContext, or name it with --startup-project");

    public static SafeMigrateException Several(IReadOnlyList<string> names) =>
        new($"The folder holds several applications: {string.Join(", ", names)}.", $"choose one with --startup-project {ShellWord.Of(names[0])}");

    public static SafeMigrateException NoSuchApplication(string name, IReadOnlyList<string> names) =>
        new($"The folder holds no application `{name}`; there is {string.Join(", ", names)}.", $"choose one with --startup-project {ShellWord.Of(names[0])}");
}
