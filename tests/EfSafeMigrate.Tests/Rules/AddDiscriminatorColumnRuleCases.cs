using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddDiscriminatorColumnRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("as EF scaffolds it", Severity.Dangerous, """ALTER TABLE orders ADD COLUMN "Discriminator" text NOT NULL DEFAULT ''""").WithRows(4_812_330)
            .Saying("orders.Discriminator is an empty text in 4,812,330 rows").Cured(Deploy("""ALTER TABLE orders ADD COLUMN "Discriminator" text NOT NULL DEFAULT 'Order'""")),
        Flagged("nullable", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN discriminator varchar(13)").Saying("is NULL in every row").Cured(Deploy("ALTER TABLE orders ADD COLUMN discriminator varchar(13) DEFAULT 'Order'")),
        Flagged("with a cast", Severity.Dangerous, """ALTER TABLE orders ADD COLUMN "Discriminator" varchar(13) NOT NULL DEFAULT ''::varchar""").Cured(Deploy("""ALTER TABLE orders ADD COLUMN "Discriminator" text NOT NULL DEFAULT 'Order'""")),
        Flagged("another engine", Severity.Dangerous, "ALTER TABLE orders ADD COLUMN Discriminator TEXT NOT NULL DEFAULT ''").On(Sqlite).Cured(Deploy("ALTER TABLE orders ADD COLUMN Discriminator TEXT NOT NULL DEFAULT 'Order'")),
        Allowed("the type of the rows there are", """ALTER TABLE orders ADD COLUMN "Discriminator" text NOT NULL DEFAULT 'Order'"""),
        Allowed("the table is new", """CREATE TABLE invoices (id bigint PRIMARY KEY); ALTER TABLE invoices ADD COLUMN "Discriminator" text NOT NULL DEFAULT ''"""),
        Allowed("another column with an empty default", "ALTER TABLE orders ADD COLUMN region text NOT NULL DEFAULT ''"),
        Allowed("on another engine, the type of the rows there are", "ALTER TABLE orders ADD COLUMN Discriminator TEXT NOT NULL DEFAULT 'Order'").On(Sqlite),
    ];
}
