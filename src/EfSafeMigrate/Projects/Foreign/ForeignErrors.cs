namespace EfSafeMigrate.Projects.Foreign;

/// <summary>Every sentence about the files of another tool that cannot be reviewed, with its next step.</summary>
internal static class ForeignErrors
{
    public static SafeMigrateException Missing(string file, string journal) =>
        new($"`{journal}` names `{file}`, and there is no such file.", "restore the file, or let the tool write its journal anew");

    /// <summary>One review is of one database.</summary>
    /// <param name="folders">Where migrations stand, as often as there are any.</param>
    public static void RefuseSeveral(ForeignTool tool, IReadOnlyList<string> folders)
    {
        if (folders.Distinct().Order(StringComparer.Ordinal).ToArray() is { Length: > 1 } several)
        {
            throw new SafeMigrateException($"{tool.Name} keeps migrations in several folders: {string.Join(", ", several)}.", "run the command in the folder of one of them");
        }
    }

    public static SafeMigrateException Twice(ForeignTool tool, IReadOnlyList<string> files) =>
        new($"{tool.Name} would find one migration several times: {string.Join(", ", files)}.", "run the command in the folder of one of them, with --engine");

    /// <summary>Which of the two is meant only a person knows.</summary>
    public static SafeMigrateException BesideProjects(IReadOnlyList<string> projects, FoundTool found) =>
        new($"Below are both a project with EF Core ({string.Join(", ", projects)}) and {found.Tool.Name} ({found.File}).", $"--project {ShellWord.Of(projects[0])}   reviews the one{(found.Tool.KeepsSql ? $", --tool {found.Tool.Id} the other" : "")}");

    public static SafeMigrateException SeveralTools(IReadOnlyList<FoundTool> found) =>
        new($"Several tools keep their SQL here: {string.Join(", ", found.Select(each => $"{each.Tool.Name} ({each.File})"))}.", $"choose one with --tool {found[0].Tool.Id}");

    public static SafeMigrateException NoSuchTool(string id, IReadOnlyList<FoundTool> found) => ForeignTools.All.FirstOrDefault(tool => tool.Id == id) is not { } known
        ? new($"`--tool {id}` is not a tool that is known.", $"use one of {string.Join(", ", ForeignTools.All.Select(tool => tool.Id))}")
        : new($"{known.Name} has no files here.", found.Count == 0 ? "run the command in the folder that holds them" : $"there are those of {string.Join(", ", found.Select(each => each.Tool.Name))}");

    public static SafeMigrateException KeepsCode(FoundTool found) =>
        new($"{found.Tool.Name} keeps its migrations as {found.Tool.Code} ({found.File}), which is not read, and they are not applied by this tool.", found.Tool.Prints!);

    public static SafeMigrateException NoMigrations(FoundTool found) =>
        new($"{found.Tool.Name} has no migration here yet; what tells of it is `{found.File}`.", "write the first one with it; dotnet safe-migrate review --sql FILE   reviews any other SQL");

    public static SafeMigrateException NoEngine(FoundTool found, IEnumerable<string> engines) =>
        new($"Nothing in the settings of {found.Tool.Name} tells which database its SQL is for.", $"say it with --engine: {string.Join(", ", engines)}");

    public static SafeMigrateException NotForOthers(string option, FoundTool found) =>
        new($"--{option} belongs to a project with EF Core, and here are migrations of {found.Tool.Name}.", $"leave out --{option}: their SQL is judged as it stands");
}
