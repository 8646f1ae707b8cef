using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddPrimaryKeyRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a nullable column", Severity.Dangerous, "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY (id)").Saying("builds an index on logs"),
        Flagged("a required column", Severity.Dangerous, "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY (id)").After("CREATE TABLE items (id bigint NOT NULL, n text)"),
        Flagged("quoted, over two columns of a small table", Severity.Careful, "ALTER TABLE \"orders\" DROP CONSTRAINT orders_pkey", "ALTER TABLE \"orders\" ADD PRIMARY KEY (\"id\", \"number\")").WithRows(900)
            .Saying("stops every read and write of orders"),
        Allowed("an index over a required column", "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY USING INDEX ux_items").After("CREATE TABLE items (id bigint NOT NULL); CREATE UNIQUE INDEX ux_items ON items (id)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint NOT NULL); ALTER TABLE invoices ADD CONSTRAINT pk PRIMARY KEY (id)"),
        Allowed("a unique constraint", "ALTER TABLE logs ADD CONSTRAINT ak_logs UNIQUE (id)"),
    ];
}
