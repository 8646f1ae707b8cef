using System.Net;

namespace EfSafeMigrate.EndToEndTests.Setup;

/// <summary>The scripts for GitLab and Azure Pipelines: a dangerous branch fails, and its one comment is written, then replaced.</summary>
[Collection(nameof(RepositoriesCollection))]
public sealed class StepsOfOthersWork(InstalledTool tool)
{
    [Fact]
    public async Task GitLab()
    {
        var (server, clone) = await PreparedAsync("--gitlab");
        var steps = new StepsOfCi(clone.PathOf(".gitlab/safe-migrate.yml"));
        await using var comments = new CommentService("""[{"id":3,"type":null,"body":"hello"}""", """,{"id":41,"type":null,"body":"<!-- dotnet safe-migrate review -->\nolder"}""", "]");
        server.Variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main";
        (server.Variables["CI_API_V4_URL"], server.Variables["CI_PROJECT_ID"], server.Variables["CI_MERGE_REQUEST_IID"]) = (comments.Address, "5", "7");

        var review = await server.RunAsync(steps.Under("script").Select(step => step.Script).Single(script => script.Contains(" review ", StringComparison.Ordinal)));
        review.Code.ShouldBe(1, review.Output + review.Error);
        (await File.ReadAllTextAsync(clone.PathOf("gl-code-quality-report.json"))).ShouldContain("\"critical\"");
        var comment = steps.Under("after_script").ShouldHaveSingleItem().Script;
        (await server.RunAsync(comment)).Code.ShouldBe(0);
        comments.Asked.ShouldBeEmpty("without a token");

        server.Variables["GITLAB_TOKEN"] = "secret";
        (await server.RunAsync(comment)).ShouldSatisfyAllConditions(ran => ran.Code.ShouldBe(0), ran => (ran.Output + ran.Error).ShouldBeEmpty());
        comments.HasOne = true;
        (await server.RunAsync(comment)).Code.ShouldBe(0);

        comments.Asked.Where(asked => !asked.StartsWith("GET", StringComparison.Ordinal)).ShouldBe(["POST /projects/5/merge_requests/7/notes", "PUT /projects/5/merge_requests/7/notes/41"]);
        comments.Bodies[^1].ShouldContain("drop-table");
    }

    [Fact]
    public async Task Azure()
    {
        var (server, clone) = await PreparedAsync("--azure-pipelines");
        var steps = new StepsOfCi(clone.PathOf("azure-pipelines.safe-migrate.yml"));
        await using var comments = new CommentService("""{"value":[{"id":2,"comments":[{"id":1,"content":null}]}""", """,{"id":9,"comments":[{"id":1,"content":"<!-- dotnet safe-migrate review -->\nolder"}]}""", "]}");
        server.Variables["SYSTEM_PULLREQUEST_TARGETBRANCH"] = "refs/heads/main";
        (server.Variables["SYSTEM_COLLECTIONURI"], server.Variables["SYSTEM_TEAMPROJECTID"], server.Variables["BUILD_REPOSITORY_ID"]) = ($"{comments.Address}/", "team", "shop");
        (server.Variables["SYSTEM_PULLREQUEST_PULLREQUESTID"], server.Variables["SYSTEM_ACCESSTOKEN"]) = ("7", "secret");

        var review = await server.RunAsync(steps.Named("bash", "Review"), ["bash"]);
        review.Code.ShouldBe(1, review.Output + review.Error);
        review.Output.ShouldContain("##vso[task.logissue type=error;sourcepath=");
        review.Output.ShouldContain(";code=drop-table]");
        review.Output.ShouldContain($"##vso[task.uploadsummary]{clone.Root}/review.md");
        var comment = steps.Named("bash", "Comment");
        (await server.RunAsync(comment, ["bash"])).ShouldSatisfyAllConditions(ran => ran.Code.ShouldBe(0), ran => (ran.Output + ran.Error).ShouldBeEmpty());
        comments.HasOne = true;
        (await server.RunAsync(comment, ["bash"])).Code.ShouldBe(0);
        comments.Refuses = true;
        (await server.RunAsync(comment, ["bash"])).Output.ShouldBe("No comment could be written: the review stands in the summary of this run.\n");

        const string threads = "/team/_apis/git/repositories/shop/pullRequests/7/threads";
        comments.Asked.Where(asked => !asked.StartsWith("GET", StringComparison.Ordinal)).Take(2).ShouldBe([$"POST {threads}", $"PATCH {threads}/9/comments/1"]);
        comments.Bodies[1].ShouldContain("drop-table");
    }

    private async Task<(BuildServer Server, GitRepository Clone)> PreparedAsync(string service)
    {
        var origin = await GitRepository.WithAsync(tool, "Library", "src/Library");
        var written = await tool.RunAsync(origin.Root, ["init", service]);
        written.Code.ShouldBe(0, written.Error);
        File.Delete(origin.PathOf(".config/dotnet-tools.json"));
        await origin.CommitAsync("set up");
        await origin.GitAsync("checkout", "--quiet", "-b", "dangerous");
        await File.WriteAllTextAsync(origin.PathOf("src/Library/Migrations/20990101000000_DropFines.cs"), Dangerous.Migration);
        await origin.CommitAsync("dangerous");
        var clone = await origin.CloneAsync("dangerous");
        return (new BuildServer(tool, clone), clone);
    }
}

/// <summary>Answers as the service that keeps comments does, on a port of its own, and writes down what it is asked.</summary>
internal sealed class CommentService : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task answering;

    /// <param name="known">What is in the list once there is a comment of the tool's.</param>
    public CommentService(string begin, string known, string end)
    {
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        answering = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                Asked.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
                using var reader = new StreamReader(context.Request.InputStream);
                var body = await reader.ReadToEndAsync();
                if (context.Request.HttpMethod != "GET")
                {
                    Bodies.Add(body);
                }
                context.Response.StatusCode = Refuses ? 403 : 200;
                await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(begin + (HasOne ? known : "") + end));
                context.Response.Close();
            }
        });
    }

    public string Address { get; }

    public List<string> Asked { get; } = [];

    public List<string> Bodies { get; } = [];

    public bool HasOne { get; set; }

    public bool Refuses { get; set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await answering;
        listener.Close();
    }
}
