using System.Globalization;
using EfSafeMigrate.EndToEndTests.Tutorials;

namespace EfSafeMigrate.EndToEndTests.Pages;

/// <summary>The page on large tables, typed on the shop of the tutorial: its key becomes wider, and the backfill waits for the night.</summary>
internal sealed class LargeTables(TutorialMachine machine)
{
    private const string Built = " --no-build";

    private readonly HowToPage page = new("large-tables.md");

    public async Task TypeAsync()
    {
        await MustAsync("sed -i 's/int Id/long Id/' ShopContext.cs");
        (await MustAsync(page.Inline("dotnet safe-migrate add NAME").Replace("NAME", "Wider", StringComparison.Ordinal))).ShouldContain("Wider: 6 migrations");
        (await MustAsync(page.Inline("dotnet safe-migrate rehearse"))).ShouldContain("6 migrations rehearsed, no defect.");
        (await MustAsync(page.Take("dotnet safe-migrate apply --until expand") + Built)).ShouldContain("Wider2Backfill waits: this run was to end before it.");

        var backfill = page.Take("dotnet safe-migrate backfill --window 22:00-06:00") + Built;
        await MustAsync($"TZ={ZoneWhereItIs(12)} {backfill} >../held.txt 2>&1 </dev/null &");
        await UntilSaidAsync("stands still: not between 22:00 and 06:00");
        (await MustAsync(page.Take("dotnet safe-migrate backfill pause") + Built)).ShouldContain("stands still");
        (await MustAsync(page.Take("dotnet safe-migrate backfill unpause") + Built)).ShouldContain("goes on");
        await MustAsync($"dotnet safe-migrate backfill cancel{Built}");
        await UntilSaidAsync("was cancelled by hand");
        (await MustAsync($"TZ={ZoneWhereItIs(1)} {backfill}")).ShouldContain("Proven: 10,005 rows");
        page.ShouldBeTyped();
    }

    /// <summary>A zone by whose clock it is that hour now.</summary>
    private static string ZoneWhereItIs(int hour)
    {
        var ahead = hour - DateTime.UtcNow.Hour;
        ahead += ahead < -12 ? 24 : 0;
        // The names of these zones count westwards.
        return string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-ahead:+0;-0;+0}");
    }

    private Task<string> UntilSaidAsync(string words) => MustAsync($"for time in $(seq 300); do grep -q '{words}' ../held.txt && exit 0; sleep 0.2; done; cat ../held.txt; exit 1");

    private async Task<string> MustAsync(string command)
    {
        var (code, output) = await machine.TypeAsync(command);
        code.ShouldBe(0, $"$ {command}\n{output}");
        return output;
    }
}
