using McMaster.Extensions.CommandLineUtils;

namespace EfSafeMigrate.Commands;

/// <summary>Whether a test is written with the migrations, and where.</summary>
internal sealed class TestOptions(CommandLineApplication command)
{
    private readonly CommandOption wanted = command.Option("--with-test", "Also an xunit test of the migrations: up, down and up again, with rows.", CommandOptionType.NoValue);
    private readonly CommandOption project = command.Option("--test-project <PROJECT>", "The project that the test goes into, or its folder. Default: the only one that has xunit and refers to the project.", CommandOptionType.SingleValue);

    public bool Wanted => wanted.HasValue();

    /// <summary>Null to take that of the settings, or to look for it.</summary>
    public string? Project => project.Value();

    /// <summary>Refuses a bad call before anything is built.</summary>
    public void Check()
    {
        if (project.HasValue() && !Wanted)
        {
            throw new SafeMigrateException("`--test-project` names where a test goes, and none is asked for.", "add --with-test, or leave it out");
        }
    }
}
