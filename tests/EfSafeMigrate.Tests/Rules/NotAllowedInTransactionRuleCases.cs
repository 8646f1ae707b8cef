using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class NotAllowedInTransactionRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("VACUUM", Severity.Dangerous, "VACUUM orders").Saying("VACUUM of orders fails").Cured(Deploy(Outside("VACUUM orders"))),
        Flagged("the server's configuration", Severity.Dangerous, "ALTER SYSTEM SET work_mem = '8MB'").Saying("ALTER SYSTEM fails").Cured(Deploy(Outside("ALTER SYSTEM SET work_mem = '8MB'"))),
        Flagged("foreign keys are to be off", Severity.Dangerous, "PRAGMA foreign_keys = OFF; INSERT INTO orders (id) VALUES (9000001)").On(Sqlite).Saying("it is read and forgotten")
            .Cured(Deploy(Outside("PRAGMA foreign_keys = OFF"))),
        Flagged("the file is compacted", Severity.Dangerous, "VACUUM").On(Sqlite).Cured(LeftOut),
        Allowed("outside", "VACUUM orders").Outside(),
        Allowed("foreign keys are off outside", "PRAGMA foreign_keys = OFF").On(Sqlite).Outside(),
        Allowed("another setting of the file", "PRAGMA busy_timeout = 1000").On(Sqlite).Outside(),
        Allowed("statistics", "ANALYZE orders"),
        Allowed("the column is there already, inside and outside", "ALTER TABLE orders ADD COLUMN note text"),
        Allowed("the transaction is not the reason, a value too new is", "ALTER TYPE mood ADD VALUE 'great'; INSERT INTO people (m) VALUES ('great')")
            .After("CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE people (m mood)"),
    ];
}
