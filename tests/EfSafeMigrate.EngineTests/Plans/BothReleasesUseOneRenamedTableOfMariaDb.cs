extern alias MySqlData;

using System.Globalization;
using EfSafeMigrate.Plans;
using EfSafeMigrate.Tests.Plans;
using MySqlData::MySql.Data.MySqlClient;

namespace EfSafeMigrate.EngineTests.Plans;

/// <summary>The old release goes on under the table's old name while the new one uses the new; no statement of either fails while the names change hands.</summary>
public class BothReleasesUseOneRenamedTableOfMariaDb
{
    /// <summary>Transactions that read and then write fail at any definition that waits for its lock, as new names of keys do, but not at the rename.</summary>
    [Theory]
    [InlineData("rename a table", "Clients", 2, false)]
    [InlineData("rename a table, on MySQL", "Clients", 2, false)]
    [InlineData("rename a table to a name before its own", "Clients", 8, true)]
    [InlineData("rename a table to a name behind its own", "People", 8, true)]
    [InlineData("rename a table to a name behind its own, on MySQL", "People", 2, true)]
    public async Task No_statement_of_either_release_fails_forth_and_back(string name, string fresh, int rounds, bool transactions)
    {
        var planCase = MariaDbPlanCases.Named(name);
        var plan = planCase.Plan();
        var (expand, contract) = (plan.Migrations[0], plan.Migrations[^1]);
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        var there = int.Parse(await database.TextAsync("SELECT count(*) FROM `Customers`"), CultureInfo.InvariantCulture);
        await using var old = new Writers(database, "Customers", transactions);
        await using var newer = new Writers(database, fresh, transactions);
        for (var round = 0; round < (Sampled.Full ? 4 * rounds : rounds); round++)
        {
            await old.GoOnAsync();
            await database.RunAsync(expand.Up);
            await newer.GoOnAsync();
            await old.MoreAsync();
            foreach (var migration in plan.Migrations.Where(each => each.Kind == PhaseKind.Constrain))
            {
                await database.RunAsync(migration.Up);
            }
            await old.StopAsync();
            await database.RunAsync(contract.Up);
            await newer.MoreAsync();
            await database.RunAsync(contract.Down);
            await old.GoOnAsync();
            await newer.StopAsync();
            foreach (var migration in plan.Migrations.Where(each => each.Kind != PhaseKind.Contract).Reverse())
            {
                await database.RunAsync(migration.Down);
            }
            await old.MoreAsync();
            await old.StopAsync();
        }
        (await database.TextAsync("SELECT count(*) FROM `Customers`")).ShouldBe($"{there + old.Inserted + newer.Inserted}");
        (await database.TextAsync("SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'VIEW'")).ShouldBe("0");
    }

    [Fact]
    public async Task What_EF_sends_is_taken_by_the_old_name()
    {
        await using var database = await ExpandedAsync();
        (await database.TextAsync("INSERT INTO `Customers` (`Name`, `Code`) VALUES ('a', 9001); SELECT `Id` FROM `Customers` WHERE ROW_COUNT() = 1 AND `Id` = LAST_INSERT_ID();")).ShouldBe("1201");
        (await database.TextAsync("INSERT INTO `Customers` (`Code`) VALUES (9002) RETURNING `Id` > 1201, `Name`")).ShouldBe("1 | nobody", "the database's own values come back");
        await database.RunAsync("INSERT INTO `Customers` (`Name`, `Code`) VALUES ('x', 9003), ('y', 9004)");
        (await database.TextAsync("SELECT `c`.`Name` FROM `Customers` AS `c` INNER JOIN `Orders` AS `o` ON `c`.`Id` = `o`.`CustomerId` WHERE `c`.`Id` = 7 LIMIT 2")).ShouldBe("name 7");
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("UPDATE `Customers` SET `Name` = 'b' WHERE `Code` = 9001");
        (await connection.AskAsync("SELECT ROW_COUNT()")).ShouldBe("1");
        await connection.RunAsync("UPDATE `Customers` AS `c` SET `c`.`Name` = 'c' WHERE `c`.`Code` = 9001; DELETE `c` FROM `Customers` AS `c` WHERE `c`.`Code` = 9003; DELETE FROM `Customers` WHERE `Code` = 9004;");
        await connection.RunAsync("INSERT INTO `Customers` (`Id`, `Name`, `Code`) VALUES (1, 'again', 1) ON DUPLICATE KEY UPDATE `Name` = 'twice'; REPLACE INTO `Customers` (`Id`, `Name`, `Code`) VALUES (9100, 'r', 9100); SELECT * FROM `Customers` WHERE `Id` = 1 FOR UPDATE;");
        (await database.TextAsync("SELECT `Name` FROM `Clients` WHERE `Code` IN (1, 9001, 9003, 9004) ORDER BY `Code`")).ShouldBe("twice\nc");
        (await connection.ErrorAsync("DELETE FROM `Regions` WHERE `Id` = 1")).ShouldBe(1451, "the foreign key is the table's still");
        await connection.RunAsync("DELETE FROM `Customers` WHERE `Id` = 1");
        (await database.TextAsync("SELECT count(*) FROM `Orders` WHERE `CustomerId` = 1")).ShouldBe("0", "what referenced it follows");
    }

    [Fact]
    public async Task The_old_name_gives_the_rights_of_the_table_and_no_others()
    {
        await using var database = await ExpandedAsync();
        var (user, name) = ($"app_{Guid.NewGuid():N}"[..20], await database.TextAsync("SELECT database()"));
        await database.RunAsync($"CREATE USER '{user}'@'%' IDENTIFIED BY 'p'; GRANT SELECT, INSERT ON `{name}`.`Customers` TO '{user}'@'%';");
        try
        {
            await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder(Environment.GetEnvironmentVariable("SAFE_MIGRATE_MARIADB")!) { UserID = user, Password = "p", Database = name, Pooling = false, CharacterSet = "utf8mb4" }.ConnectionString);
            await connection.OpenAsync();
            await connection.RunAsync("INSERT INTO `Customers` (`Name`) VALUES ('a')");
            (await connection.ErrorAsync("UPDATE `Customers` SET `Name` = 'b'")).ShouldNotBeNull();
            (await connection.ErrorAsync("SELECT `Id` FROM `Clients`")).ShouldNotBeNull("rights by name do not follow, as the plan says");
        }
        finally
        {
            await database.RunAsync($"DROP USER '{user}'@'%'");
        }
    }

    [Fact]
    public async Task A_name_that_is_taken_is_not_taken_away()
    {
        var planCase = MariaDbPlanCases.Named("rename a table");
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows + "CREATE TABLE `Clients` (`Id` int) COMMENT = 'mine'; INSERT INTO `Clients` VALUES (1);");
        var schema = await database.SchemaAsync();
        (await Should.ThrowAsync<InvalidOperationException>(() => database.RunAsync(planCase.Plan().Migrations[0].Up))).Message.ShouldContain("the name Clients is taken: Customers cannot be renamed");
        (await database.SchemaAsync()).Replace("\nroutine safe_migrate_rename", "", StringComparison.Ordinal).ShouldBe(schema);
        (await database.TextAsync("SELECT * FROM `Clients`")).ShouldBe("1");
    }

    /// <summary>Nobody queues behind the rename, however long the table is in use.</summary>
    [Fact]
    public async Task A_transaction_that_goes_on_is_not_waited_for()
    {
        var planCase = MariaDbPlanCases.Named("rename a table");
        var expand = planCase.Plan().Migrations[0];
        await using var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        await using (var reader = await database.OpenAsync())
        {
            await reader.RunAsync("START TRANSACTION; SELECT * FROM `Customers` WHERE `Id` = 1;");
            var renaming = Task.Run(() => database.RunAsync(expand.Up));
            await Task.Delay(500);
            await database.RunAsync("SET SESSION lock_wait_timeout = 1; UPDATE `Customers` SET `Name` = 'z' WHERE `Id` = 2;");
            await reader.RunAsync("UPDATE `Customers` SET `Name` = 'y' WHERE `Id` = 1;");
            (await Should.ThrowAsync<InvalidOperationException>(renaming)).Message.ShouldContain("Customers was in use all the time");
            await reader.RunAsync("COMMIT");
        }
        (await database.TextAsync("SELECT `Name` FROM `Customers` WHERE `Id` < 3 ORDER BY `Id`")).ShouldBe("y\nz");
        await database.RunAsync(expand.Up);
        (await database.TextAsync("SELECT `Name` FROM `Clients` WHERE `Id` < 3 ORDER BY `Id`")).ShouldBe("y\nz");
    }

    private static async Task<MariaDbPlans> ExpandedAsync()
    {
        var planCase = MariaDbPlanCases.Named("rename a table");
        var database = await MariaDbPlans.CreateAsync(planCase.Source + planCase.Rows);
        await database.RunAsync(planCase.Plan().Migrations[0].Up);
        return database;
    }

    /// <summary>One release's connections: each statement has to succeed, prepared ones and those of longer transactions as well.</summary>
    private sealed class Writers(MariaDbPlans database, string table, bool transactions) : IAsyncDisposable
    {
        private const int Count = 3;

        private CancellationTokenSource stop = new();
        private Task[] work = [];
        private int inserted;

        public int Inserted => inserted;

        public async Task GoOnAsync()
        {
            stop.Dispose();
            stop = new();
            // The driver keeps its thread until the server answers.
            work = [.. Enumerable.Range(0, Count).Select(_ => Task.Factory.StartNew(() => WriteAsync(stop.Token).GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            await MoreAsync();
        }

        public async Task MoreAsync()
        {
            var before = inserted;
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (inserted < before + 60)
            {
                foreach (var ended in work.Where(each => each.IsCompleted))
                {
                    await ended;
                }
                await Task.Delay(5, limit.Token);
            }
        }

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await Task.WhenAll(work);
            work = [];
        }

        public async ValueTask DisposeAsync()
        {
            if (work.Length > 0)
            {
                await stop.CancelAsync();
                await Task.WhenAny(Task.WhenAll(work), Task.Delay(TimeSpan.FromSeconds(30)));
            }
            stop.Dispose();
        }

        private async Task WriteAsync(CancellationToken cancellation)
        {
            await using var connection = await database.OpenAsync();
            await connection.RunAsync($"PREPARE `adds` FROM 'INSERT INTO `{table}` (`Name`) VALUES (?)'; PREPARE `reads` FROM 'SELECT count(*) INTO @many FROM `{table}` WHERE `Id` < ?'; SET @name = 'prepared', @id = 50;");
            for (var at = 0; !cancellation.IsCancellationRequested; at++)
            {
                await connection.RunAsync((at % 5) switch
                {
                    0 => $"INSERT INTO `{table}` (`Name`) VALUES ('plain')",
                    1 => "EXECUTE `adds` USING @name",
                    2 when transactions => $"START TRANSACTION; SELECT `Name` INTO @read FROM `{table}` WHERE `Id` = {at % 100 + 1}; INSERT INTO `{table}` (`Name`) VALUES ('in a transaction'); COMMIT;",
                    2 => $"INSERT INTO `{table}` (`Name`) VALUES ('one'), ('two')",
                    3 => $"UPDATE `{table}` SET `Name` = 'changed' WHERE `Id` = {at % 100 + 1}",
                    _ => "EXECUTE `reads` USING @id",
                });
                Interlocked.Add(ref inserted, (at % 5) switch { 0 or 1 => 1, 2 => transactions ? 1 : 2, _ => 0 });
            }
        }
    }
}
