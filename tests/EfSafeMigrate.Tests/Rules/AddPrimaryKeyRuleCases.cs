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
        Flagged("quoted, over two columns", Severity.Dangerous, "ALTER TABLE \"items\" ADD PRIMARY KEY (\"id\", \"n\")").After("CREATE TABLE items (id bigint NOT NULL, n bigint NOT NULL)")
            .Saying("stops every read and write of items"),
        Allowed("an index over a required column", "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY USING INDEX ux_items").After("CREATE TABLE items (id bigint NOT NULL); CREATE UNIQUE INDEX ux_items ON items (id)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint NOT NULL); ALTER TABLE invoices ADD CONSTRAINT pk PRIMARY KEY (id)"),
        Allowed("a unique constraint", "ALTER TABLE logs ADD CONSTRAINT ak_logs UNIQUE (id)"),
    ];
}
