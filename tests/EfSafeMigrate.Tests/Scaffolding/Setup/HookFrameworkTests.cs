using EfSafeMigrate.Scaffolding.Setup;

namespace EfSafeMigrate.Tests.Scaffolding.Setup;

public sealed class HookFrameworkTests
{
    private const string Entry = "- repo: local\n  hooks:\n    - id: safe-migrate\n";

    [Theory]
    [InlineData(null, "repos:\n  - repo: local\n    hooks:\n      - id: safe-migrate\n")]
    [InlineData("repos: []\n", "repos:\n  - repo: local\n    hooks:\n      - id: safe-migrate\n")]
    [InlineData("repos:\n- repo: a\n  rev: b\n", "repos:\n- repo: local\n  hooks:\n    - id: safe-migrate\n- repo: a\n  rev: b\n")]
    [InlineData("# ours\nfail_fast: true\nrepos: # here\n\n    # first\n    - repo: a\n", "# ours\nfail_fast: true\nrepos: # here\n\n    # first\n    - repo: local\n      hooks:\n        - id: safe-migrate\n    - repo: a\n")]
    [InlineData("repos:\n  - repo: local\n    hooks:\n      - id: 'safe-migrate'\n        name: ours\n", "repos:\n  - repo: local\n    hooks:\n      - id: 'safe-migrate'\n        name: ours\n")]
    public void IsTheFirstOfTheList(string? before, string after)
    {
        HookFramework.With(before, Entry).ShouldBe(after);
        HookFramework.With(after, Entry).ShouldBe(after, "a second time");
    }

    [Fact]
    public void NotWithoutAList() => Should.Throw<SafeMigrateException>(() => HookFramework.With("fail_fast: true\n", Entry)).Message.ShouldBe("`.pre-commit-config.yaml` has no list `repos`.");
}
