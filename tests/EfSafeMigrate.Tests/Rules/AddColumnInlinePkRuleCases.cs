using EfSafeMigrate.Changes;
using EfSafeMigrate.Facts;
using EfSafeMigrate.Rules;
using static EfSafeMigrate.Tests.Rules.RuleCase;
using static EfSafeMigrate.Tests.Rules.Ways;

namespace EfSafeMigrate.Tests.Rules;

internal static class AddColumnInlinePkRuleCases
{
    private const string Notes = "CREATE TABLE notes (line text)";

    private static readonly CuredForm Form = new([Deploy([
        "ALTER TABLE notes ADD COLUMN id bigint", Concurrently("notes", "pk_notes", "id"),
        "CREATE SEQUENCE notes_id; ALTER TABLE notes ALTER COLUMN id SET DEFAULT nextval('notes_id')", Filled("notes", "id", "nextval('notes_id')", key: null),
        .. Proved("notes", "id"), "ALTER TABLE notes ADD CONSTRAINT pk_notes PRIMARY KEY USING INDEX pk_notes"])]);

    public static IEnumerable<RuleCase> All =>
    [
        Flagged("another type", Severity.Dangerous, "ALTER TABLE notes ADD id uuid PRIMARY KEY").After(Notes).Saying("as its primary key").Cured(Form),
        Flagged("without a default", Severity.Dangerous, "ALTER TABLE notes ADD COLUMN id bigint PRIMARY KEY").After(Notes).Cured(Form),
        Flagged("a quoted name", Severity.Dangerous, """ALTER TABLE notes ADD "Id" bigint CONSTRAINT "PK" PRIMARY KEY""").After(Notes).Cured(Form),
        Allowed("an identity has a rule of its own", "ALTER TABLE notes ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY").After(Notes),
        Allowed("the table is new", "CREATE TABLE invoices (n text); ALTER TABLE invoices ADD COLUMN id bigint PRIMARY KEY"),
        Allowed("a plain column", "ALTER TABLE notes ADD COLUMN id bigint").After(Notes),
        Allowed("an index is adopted", "ALTER TABLE logs ADD CONSTRAINT pk_logs PRIMARY KEY USING INDEX ux_logs").After("CREATE UNIQUE INDEX ux_logs ON logs (id)"),
    ];
}
