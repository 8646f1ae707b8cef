namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>Runs the scripts of a file of CI in a clone, with the variables that its service sets, and with a <c>gh</c> that writes down what it is asked.</summary>
/// <param name="name">Which one it is, where several work on one clone.</param>
internal sealed class BuildServer(InstalledTool tool, GitRepository clone, string name = "server")
{
    private readonly string beside = Directory.CreateDirectory($"{clone.Root}-{name}").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public string Summary => File.Exists(At("summary")) ? File.ReadAllText(At("summary")) : "";

    public string Outputs => File.Exists(At("outputs")) ? File.ReadAllText(At("outputs")) : "";

    public string[] Asked => File.Exists(At("asked")) ? File.ReadAllLines(At("asked")) : [];

    public string At(string file) => Path.Combine(beside, file);

    public string InClone(string file) => clone.PathOf(file);

    /// <param name="answer">What gh answers a question with; null when it may do nothing.</param>
    public async Task GitHubAsync(string? answer)
    {
        File.Delete(At("asked"));
        File.Delete(At("summary"));
        var program = At("gh");
        await File.WriteAllTextAsync(program, answer is null
            ? "#!/bin/sh\necho 'Resource not accessible by integration' >&2\nexit 1\n"
            : $"#!/bin/sh\necho \"$*\" >> '{At("asked")}'\ncase \"$*\" in *--jq*) printf '{answer}' ;; esac\n");
        (await Shell.RunAsync(beside, "chmod", ["+x", program])).Code.ShouldBe(0);
        Variables["GITHUB_STEP_SUMMARY"] = At("summary");
        Variables["GITHUB_OUTPUT"] = At("outputs");
        Variables["GITHUB_REPOSITORY"] = "team/shop";
        Variables["PULL_REQUEST"] = "7";
    }

    /// <param name="shell">How the service starts it; GitHub and GitLab stop at the first command that fails.</param>
    public async Task<ShellResult> RunAsync(string script, string[]? shell = null)
    {
        await File.WriteAllTextAsync(At("script"), script);
        var (program, arguments) = shell is [var named, .. var more] ? (named, more) : ("bash", ["-e"]);
        return await tool.RunWithAsync(clone.Root, program, [.. arguments, At("script")], new Dictionary<string, string>(Variables) { ["CI"] = "true" }, beside);
    }
}
