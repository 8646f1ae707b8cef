using EfSafeMigrate.Scaffolding.Setup;

namespace EfSafeMigrate.Tests.Scaffolding.Setup;

public sealed class HookBlockTests
{
    private const string Block = "# safe-migrate: begin\ncheck\n# safe-migrate: end\n";

    [Theory]
    [InlineData(null, "#!/bin/sh\n" + Block)]
    [InlineData("", "#!/bin/sh\n" + Block)]
    [InlineData("#!/bin/bash\nexec make lint\n", "#!/bin/bash\n" + Block + "exec make lint\n")]
    [InlineData("#!/usr/bin/env zsh\n", "#!/usr/bin/env zsh\n" + Block)]
    [InlineData("npm test\n", Block + "npm test\n")]
    [InlineData("#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n\nnpm test\n", "#!/bin/sh\n. \"$(dirname \"$0\")/_/husky.sh\"\n" + Block + "\nnpm test\n")]
    [InlineData("#!/bin/sh\n# safe-migrate: begin\nolder\nlines\n# safe-migrate: end\nnpm test\n", "#!/bin/sh\n" + Block + "npm test\n")]
    [InlineData("#!/bin/sh\n# safe-migrate: begin\ncut off", "#!/bin/sh\n" + Block + "# safe-migrate: begin\ncut off")]
    public void StandsBeforeWhatPeopleWrote(string? before, string after)
    {
        HookBlock.In(before, "check\n", "#!/bin/sh\n", "pre-commit").ShouldBe(after);
        HookBlock.In(after, "check\n", "#!/bin/sh\n", "pre-commit").ShouldBe(after, "a second time");
    }

    [Fact]
    public void NotInAProgramOfAnotherLanguage() =>
        Should.Throw<SafeMigrateException>(() => HookBlock.In("#!/usr/bin/env python3\nprint()\n", "check", "#!/bin/sh\n", "pre-commit"))
            .Message.ShouldBe("`pre-commit` is no shell script: it begins with `#!/usr/bin/env python3`.");
}
