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
        Flagged("inline with its column", Severity.Dangerous, "ALTER TABLE notes ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY").After("CREATE TABLE notes (line text)")
            .Cured(Deploy([
                "ALTER TABLE notes ADD COLUMN id bigint", Concurrently("notes", "pk_notes", "id"),
                "CREATE SEQUENCE notes_id; ALTER TABLE notes ALTER COLUMN id SET DEFAULT nextval('notes_id')", Filled("notes", "id", "nextval('notes_id')", key: null),
                .. Proved("notes", "id"), "ALTER TABLE notes ADD CONSTRAINT pk_notes PRIMARY KEY USING INDEX pk_notes"])),
        Allowed("an index over a required column", "ALTER TABLE items ADD CONSTRAINT pk_items PRIMARY KEY USING INDEX ux_items").After("CREATE TABLE items (id bigint NOT NULL); CREATE UNIQUE INDEX ux_items ON items (id)"),
        Allowed("the table is new", "CREATE TABLE invoices (id bigint NOT NULL); ALTER TABLE invoices ADD CONSTRAINT pk PRIMARY KEY (id)"),
        Allowed("a unique constraint", "ALTER TABLE logs ADD CONSTRAINT ak_logs UNIQUE (id)"),
    ];
}
