using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class PkUsingIndexNullableRuleCases
{
    public static IEnumerable<RuleCase> All =>
    [
        Flagged("a nullable column", Severity.Dangerous, "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX ux_logs").After("CREATE UNIQUE INDEX ux_logs ON logs (id)").Saying("id may be NULL"),
        Flagged("one of two", Severity.Dangerous, "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY USING INDEX ux_items").After("CREATE TABLE items (id bigint NOT NULL, part bigint); CREATE UNIQUE INDEX ux_items ON items (id, part)").Saying("part may be NULL"),
        Flagged("another constraint proves nothing", Severity.Dangerous, "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX ux_logs").After("CREATE UNIQUE INDEX ux_logs ON logs (id); ALTER TABLE logs ADD CONSTRAINT ck CHECK (id > 0)"),
        Allowed("a required column", "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY USING INDEX ux_items").After("CREATE TABLE items (id bigint NOT NULL); CREATE UNIQUE INDEX ux_items ON items (id)"),
        Allowed("it is proved", "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX ux_logs").After("CREATE UNIQUE INDEX ux_logs ON logs (id); ALTER TABLE logs ADD CONSTRAINT ck CHECK (id IS NOT NULL)"),
        Allowed("a unique constraint may hold NULL", "ALTER TABLE logs ADD CONSTRAINT ak_logs UNIQUE USING INDEX ux_logs").After("CREATE UNIQUE INDEX ux_logs ON logs (id)"),
        Allowed("no index is adopted", "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY (id)"),
    ];
}
