using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>Where every statement commits, others see what each has done, and go on from there.</summary>
public class ReleasesGoOnBetweenSteps
{
    private const string Old = "INSERT INTO `Customers` (`Name`, `Nick`) VALUES ('old {0}', 'x'); UPDATE `Customers` SET `Name` = 'old again {0}' WHERE `Id` = {0} % 2500 + 1;";
    private const string New = "INSERT INTO `Customers` (`FullName`, `Nick`) VALUES ('new {0}', 'x'); UPDATE `Customers` SET `FullName` = 'new again {0}' WHERE `Id` = {0} % 2500 + 1;";

    private const string OldParts = "INSERT INTO `Customers` (`FirstName`, `LastName`, `Nick`) VALUES ('old', '{0}', 'x'); UPDATE `Customers` SET `LastName` = 'old {0}' WHERE `Id` = {0} % 2500 + 1;";
    private const string NewParts = "INSERT INTO `Customers` (`FirstName`, `LastName`, `Nick`) VALUES ('new', '{0}', 'x'); UPDATE `Customers` SET `LastName` = 'new {0}' WHERE `Id` = {0} % 2500 + 1;";
    private const string NewWhole = "INSERT INTO `Customers` (`Name`, `Nick`) VALUES ('new {0}', 'x'); UPDATE `Customers` SET `Name` = 'merged new {0}' WHERE `Id` = {0} % 2500 + 1;";

    /// <summary>Each row that was written ends in the number of the statement that wrote it last.</summary>
    [Theory]
    [InlineData("split a required column", Old, NewParts)]
    [InlineData("split a required column, on MySQL", Old, NewParts)]
    [InlineData("merge two columns", OldParts, NewWhole)]
    [InlineData("merge two columns, on MySQL", OldParts, NewWhole)]
    public async Task No_statement_of_either_release_is_lost_when_columns_are_kept_in_others(string name, string old, string fresh)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var releases = new Releases(database, old, fresh);
        await releases.UpAsync(plan);
        var split = name.StartsWith("split", StringComparison.Ordinal);
        var (whole, parts) = ("`Name`", "CONCAT(`FirstName`, COALESCE(CONCAT(' ', `LastName`), ''))");
        await HeldAsync(split ? parts : whole);
        await releases.StepsAsync(plan.Migrations[^1].Down, _ => [fresh]);
        await HeldAsync(whole);
        await HeldAsync(parts);
        await releases.DownBehindContractAsync(plan);
        await HeldAsync(split ? whole : parts);

        async Task HeldAsync(string value)
        {
            (await database.TextAsync("SELECT count(*) FROM `Customers`")).ShouldBe($"{2500 + releases.Written}");
            (await database.TextAsync($"SELECT `Id`, {value} FROM `Customers` WHERE `Id` BETWEEN 2 AND {releases.Written + 1} AND {value} NOT LIKE CONCAT('% ', `Id` - 1)")).ShouldBe("");
            (await database.TextAsync($"SELECT count(DISTINCT SUBSTRING_INDEX({value}, ' ', -1)) FROM `Customers` WHERE `Id` > 2500")).ShouldBe($"{releases.Written}");
        }
    }

    [Theory]
    [InlineData("rename a required column")]
    [InlineData("rename a required long text")]
    [InlineData("rename a column with index and default")]
    [InlineData("rename a column with unique objects")]
    public async Task No_statement_of_either_release_fails_and_none_is_lost(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var releases = new Releases(database, Old, New);
        await releases.UpAsync(plan);
        (await database.TextAsync("SELECT count(*) FROM `Customers`")).ShouldBe($"{2500 + releases.Written}");
        await releases.StepsAsync(plan.Migrations[^1].Down, _ => [New]);
        (await database.TextAsync("SELECT `Id`, `Name`, `FullName` FROM `Customers` WHERE NOT (CAST(`Name` AS BINARY) <=> CAST(`FullName` AS BINARY))")).ShouldBe("");
        await releases.DownBehindContractAsync(plan);
        (await database.TextAsync("SELECT count(*) FROM `Customers`")).ShouldBe($"{2500 + releases.Written}");
        (await database.TextAsync("SELECT count(*) FROM `Customers` WHERE `Name` = ''")).ShouldBe("0");
    }

    /// <summary>Triggers of one event fire in the order in which they were made: whichever release writes, and also behind an undone contract, the fill sees the renamed column's value.</summary>
    [Theory]
    [InlineData("fill a column from one that is renamed")]
    [InlineData("fill a column before one that is renamed")]
    public async Task A_value_made_of_a_renamed_column_is_never_stale(string name)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var written = 0;
        async Task WriteAsync()
        {
            var sql = Old + New + "UPDATE `Customers` SET `FullName` = 'Back {0}', `Slug` = NULL WHERE `Id` = 5; UPDATE `Customers` SET `Name` = 'Forth {0}', `Slug` = NULL WHERE `Id` = 6;";
            await database.RunAsync(sql.Replace("{0}", $"{++written}", StringComparison.Ordinal));
        }
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind is PhaseKind.Expand or PhaseKind.Backfill))
        {
            await database.RunAsync(migration.Up);
            await WriteAsync();
        }
        const string Stale = "SELECT `Id`, `Name`, `FullName`, `Slug` FROM `Customers` WHERE (`Id` > 2500 OR `Id` IN (5, 6)) AND NOT (`Slug` <=> LOWER(`FullName`) AND `Name` <=> `FullName`)";
        (await database.TextAsync("SELECT `Slug` FROM `Customers` WHERE `Id` IN (5, 6)")).ShouldNotContain("name");
        await database.RunAsync("UPDATE `Customers` SET `Slug` = NULL");
        (await database.TextAsync(Stale)).ShouldBe("");
        foreach (var migration in plan.Migrations.Where(migration => migration.Kind is PhaseKind.Constrain or PhaseKind.Contract))
        {
            await database.RunAsync(migration.Up);
        }
        await database.RunAsync(plan.Migrations[^1].Down);
        // Each release leaves out what it does not know.
        await database.RunAsync("INSERT INTO `Customers` (`FullName`) VALUES ('New Again'); INSERT INTO `Customers` (`Name`) VALUES ('Old Again');");
        (await database.TextAsync("SELECT `Name`, `FullName`, `Slug` FROM `Customers` ORDER BY `Id` DESC LIMIT 2")).ShouldBe("Old Again | Old Again | old again\nNew Again | New Again | new again");
    }

    /// <summary>The running release does not know the column, which is required from constrain on.</summary>
    [Fact]
    public async Task A_row_without_the_new_column_is_filled_until_contract()
    {
        var planCase = MariaDbPlanCases.Named("add a required column");
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var written = 0;
        foreach (var migration in planCase.Plan().Migrations.Where(migration => migration.Kind != PhaseKind.Contract))
        {
            foreach (var step in migration.Up)
            {
                await database.RunAsync([step]);
                await database.RunAsync($"INSERT INTO `Customers` (`Name`, `Nick`) VALUES ('Row {++written}', NULL);");
            }
        }
        (await database.TextAsync("SELECT count(*) FROM `Customers` WHERE `Slug` <=> LOWER(CONCAT(`Name`, COALESCE(`Nick`, '')))")).ShouldBe($"{2500 + written}");
    }

    /// <summary>Both releases, which write behind every step at which they run.</summary>
    private sealed class Releases(MariaDbPlans database, string old, string fresh)
    {
        public int Written { get; private set; }

        /// <summary>The new release comes behind expand, and the old one is gone before contract.</summary>
        public async Task UpAsync(Plan plan)
        {
            foreach (var migration in plan.Migrations)
            {
                await StepsAsync(migration.Up, at => migration.Kind switch
                {
                    PhaseKind.Expand when at < migration.Up.Count - 1 => [old],
                    PhaseKind.Contract => [fresh],
                    _ => [old, fresh],
                });
            }
        }

        /// <summary>Behind an undone contract, all that is left.</summary>
        public async Task DownBehindContractAsync(Plan plan)
        {
            foreach (var migration in plan.Migrations.SkipLast(1).Reverse())
            {
                await StepsAsync(migration.Down, _ => migration.Kind == PhaseKind.Expand ? [old] : [old, fresh]);
            }
        }

        public async Task StepsAsync(IReadOnlyList<Step> steps, Func<int, string[]> writers)
        {
            for (var at = 0; at < steps.Count; at++)
            {
                await database.RunAsync([steps[at]]);
                foreach (var writer in writers(at))
                {
                    await database.RunAsync(writer.Replace("{0}", $"{++Written}", StringComparison.Ordinal));
                }
            }
        }
    }
}
