using System.Globalization;
using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Backups of MariaDB and MySQL: a dump as SQL, and digests that are read in a snapshot which begins in the same moment, when nobody writes.</summary>
internal static partial class MySqlBackups
{
    private const string Host = "Server";
    private const string Port = "Port";
    private const string User = "User ID";
    private const string Ssl = "SSL Mode";

    public static readonly string[] Keywords = [Host, Port, User, "Password", MySqlScratch.Database, Ssl];

    public static BackupForms Forms(MySqlBackupTraits traits) => new()
    {
        Identity = new($"SELECT current_user(), CONCAT({traits.Server}, '/', database())"),
        Definitions = _ => new(MySqlSchemaLines.Lines()),
        Begin =
        [
            "SET NAMES utf8mb4", "SET time_zone = '+00:00'", "SET SESSION lock_wait_timeout = 30",
            "SET SESSION group_concat_max_len = 1000000 /*!80000 , SESSION information_schema_stats_expiry = 0 */",
        ],
        Freeze = ["SET SESSION lock_wait_timeout = 5", "FLUSH TABLES WITH READ LOCK"],
        Thaw = "UNLOCK TABLES",
        Hold = ["SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT"],
        Release = "ROLLBACK",
        Tables = new($"""
            SELECT NULL, t.table_name, c.column_name FROM information_schema.tables t JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
            WHERE t.table_schema = database() AND t.table_type IN {MySqlSchemaLines.WithRows} ORDER BY CAST(t.table_name AS binary), CAST(c.column_name AS binary)
            """),
        Digest = Digest,
        Counters = new($"SELECT table_name, CAST(auto_increment AS char) FROM information_schema.tables WHERE table_schema = database() AND auto_increment IS NOT NULL AND table_type IN {MySqlSchemaLines.WithRows}"),
        // Whether an event is at work belongs to the server it runs on; in a scratch database none is.
        Kept = line => line.Kind != MySqlSchemaLines.EventState,
        // The last is how MariaDB ends when rows that it takes in bulk find no room.
        FullDisk = ["Disk full (", "Got error 28", "' is full", "Got error 1 \"Operation not permitted\" during COMMIT"],
        Size = new("SELECT COALESCE(SUM(data_length), 0) FROM information_schema.tables WHERE table_schema = database()"),
        Scratch = MySqlScratch.Value,
        Untried = traits.Untried,
        Streams = new()
        {
            Forms = new()
            {
                Variable = traits.Variable,
                Folders = traits.Folders,
                Main = traits.Dump,
                VersionIn = text => Version().Match(text) is { Success: true } found ? found.Groups[1].Value : null,
                Unset = ["MYSQL_HOST", "MYSQL_TCP_PORT", "MYSQL_UNIX_PORT"],
                Variables = new Dictionary<string, string> { ["Password"] = "MYSQL_PWD" },
                Value = (_, value) => value,
                Complaint = line => Error().Match(line) is { Success: true } found ? found.Groups[1].Value.Trim() : null,
            },
            Parts =
            [
                new("database.sql.gz", at => new(traits.Dump, [.. To(at, traits), .. traits.More, "--single-transaction", "--quick", "--hex-blob", "--routines", "--triggers", "--skip-add-drop-table", .. Of(at)])),
                // By themselves, for in a scratch database none of them may begin to work.
                new("events.sql.gz", at => new(traits.Dump, [.. To(at, traits), .. traits.More, "--single-transaction", "--events", "--no-create-info", "--no-data", "--skip-triggers", .. Of(at)])),
            ],
            Run = at => new(traits.Client, [.. To(at, traits), "--batch", "--binary-mode", "--comments", "--database", at[MySqlScratch.Database]]),
            Begun = "-- Table structure for table",
            Rows = "INSERT ",
            Line = Line,
            Install = major => string.Create(CultureInfo.InvariantCulture, $"apt-get install {traits.Package}, or what your system calls the programs of version {major}; {traits.Variable} names their folder"),
        },
    };

    private static IEnumerable<string> Of(IReadOnlyDictionary<string, string> at) => ["--no-tablespaces", at[MySqlScratch.Database]];

    /// <summary>Nothing of the user's files: a password that stands there would go before the connection's own.</summary>
    private static IEnumerable<string> To(IReadOnlyDictionary<string, string> at, MySqlBackupTraits traits) =>
    [
        "--no-defaults",
        .. at.GetValueOrDefault(Host) is { } host && host.StartsWith('/') ? [$"--socket={host}"] : (string[])["--protocol=TCP", $"--host={at.GetValueOrDefault(Host, "localhost")}", $"--port={at.GetValueOrDefault(Port, "3306")}"],
        .. at.GetValueOrDefault(User) is { } user ? [$"--user={user}"] : Array.Empty<string>(),
        .. traits.Encryption(at.GetValueOrDefault(Ssl, "Preferred")),
        "--default-character-set=utf8mb4", "--max-allowed-packet=1G",
    ];

    /// <summary>Of each value its own digest, which has no end in common with the next; one that is NULL has none.</summary>
    private static Ask Digest(TableName table, IReadOnlyList<DigestedColumn> columns) => new($"""
        SELECT CAST(COUNT(*) AS char), CAST(COALESCE(SUM(CAST(CONV(SUBSTR(MD5(CONCAT_WS(',', {string.Join(", ", columns.Select(column => $"COALESCE(MD5({MySqlQuestions.Quote(column.Name)}), '-')"))})), 1, 15), 16, 10) AS DECIMAL(20))), 0) AS char)
        FROM {MySqlQuestions.Quote(table.Name)}
        """);

    /// <summary>Only where a thing is defined, and not in what it says.</summary>
    private static string Line(string line, RestoreManner manner)
    {
        var own = Definer().Replace(line, "$1DEFINER=CURRENT_USER");
        return manner == RestoreManner.Scratch && own.StartsWith("/*!50106 CREATE", StringComparison.Ordinal) ? AtWork().Replace(own, "$1DISABLE", 1) : own;
    }

    [GeneratedRegex(@"(?:Distrib|from|Ver)\s+(\d+(?:\.\d+)+)(?!.*(?:Distrib|from)\s+\d)")]
    private static partial Regex Version();

    [GeneratedRegex(@"(?:ERROR \d+ \(\w+\)[^:]*:|[Gg]ot error: \d+:|[Cc]ouldn't execute)\s+(.*)$")]
    private static partial Regex Error();

    [GeneratedRegex(@"^((?:/\*M?!\d+ )?(?:CREATE(?:\*/ /\*M?!\d+)? )?)DEFINER=`(?:[^`]|``)*`(?:@`(?:[^`]|``)*`)?")]
    private static partial Regex Definer();

    [GeneratedRegex("(ON COMPLETION (?:NOT )?PRESERVE )ENABLE")]
    private static partial Regex AtWork();
}
