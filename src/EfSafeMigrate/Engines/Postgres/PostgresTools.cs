using System.Globalization;
using System.Text.RegularExpressions;

namespace EfSafeMigrate.Engines.Postgres;

/// <summary>PostgreSQL's own programs: the dump of a schema, and a server of our own.</summary>
internal static partial class PostgresTools
{
    public static readonly ToolForms Value = new()
    {
        Variable = "SAFE_MIGRATE_PGBIN",
        Folders =
        [
            "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
            "/Applications/Postgres.app/Contents/Versions/*/bin", @"C:\Program Files\PostgreSQL\*\bin",
        ],
        Main = "pg_dump",
        VersionIn = text => Number().Match(text) is { Success: true } found ? found.Value : null,
        Server = "postgres",
        // What only a superuser may make is left out, and subscriptions would call their publisher.
        Dump = new("pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--no-publications", "--no-subscriptions", "--no-security-labels", "--no-tablespaces",
            "--no-password", "--lock-wait-timeout=5000"),
        Alone = dump => Way().Replace(dump, ""),
        Run = new("psql", "--no-psqlrc", "--quiet", "--no-password", "--output=/dev/null", "--set=ON_ERROR_STOP=0", "--file=-"),
        Restore = file => new("pg_restore", "--no-owner", "--no-privileges", "--no-publications", "--no-subscriptions", "--no-security-labels", "--no-tablespaces", "--no-password", "--dbname=", file),
        IsArchive = IsArchive,
        Instruction = Instruction,
        Unset = ["PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR"],
        Variables = new Dictionary<string, string>
        {
            ["Host"] = "PGHOST", ["Port"] = "PGPORT", ["Username"] = "PGUSER", ["Password"] = "PGPASSWORD", ["Database"] = "PGDATABASE", ["Passfile"] = "PGPASSFILE", ["Options"] = "PGOPTIONS",
            ["SSL Mode"] = "PGSSLMODE", ["Root Certificate"] = "PGSSLROOTCERT", ["SSL Certificate"] = "PGSSLCERT", ["SSL Key"] = "PGSSLKEY", ["Kerberos Service Name"] = "PGKRBSRVNAME",
            ["Application Name"] = "PGAPPNAME",
        },
        Value = (keyword, value) => keyword != "SSL Mode" ? value : value switch
        {
            "VerifyCA" => "verify-ca",
            "VerifyFull" => "verify-full",
#pragma warning disable CA1308 // As the programs write it.
            _ => value.ToLowerInvariant(),
#pragma warning restore CA1308
        },
        Complaint = line => Error().Match(line) is { Success: true } found ? found.Groups[1].Value.Trim() : null,
        Private = new()
        {
            Users = ["postgres", "nobody"],
            Make = (data, password) => new("initdb",
                ["--pgdata", data, "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync", .. password is null ? ["--auth=trust"] : (string[])["--auth=scram-sha-256", $"--pwfile={password}"]]),
            SettingsFile = "postgresql.conf",
            Settings = (socket, port) =>
            [
                $"port = {port.ToString(CultureInfo.InvariantCulture)}",
                socket is null ? "listen_addresses = '127.0.0.1'" : "listen_addresses = ''",
                $"unix_socket_directories = '{socket?.Replace("'", "''", StringComparison.Ordinal)}'",
            ],
            Start = (data, log) => new("pg_ctl", "start", "--pgdata", data, "--log", log, "--wait", "--timeout=60", "--silent"),
            Stop = data => new("pg_ctl", "stop", "--pgdata", data, "--mode=immediate", "--wait", "--timeout=30", "--silent"),
            VersionFile = "PG_VERSION",
            Running = "postmaster.pid",
            // The name of a socket has 107 bytes, and ends in /.s.PGSQL.65535.lock.
            LongestSocket = 80,
            Connection = (host, port, password, database) => new Dictionary<string, string>
            {
                ["Host"] = host, ["Port"] = port.ToString(CultureInfo.InvariantCulture), ["Username"] = "postgres", ["Database"] = database, ["Password"] = password ?? "",
            }.Where(each => each.Value.Length > 0).ToDictionary(each => each.Key, each => each.Value),
            First = "postgres",
        },
    };

    /// <summary>A custom archive, or a tar whose first file is the table of contents.</summary>
    private static bool IsArchive(byte[] head) => head.AsSpan().StartsWith("PGDMP"u8) || head.AsSpan().StartsWith("toc.dat"u8);

    /// <summary>A dump that was made with its CREATE DATABASE connects to the database of that name: the real one. Instructions may also start programs.</summary>
    private static string? Instruction(IEnumerable<string> lines)
    {
        var rows = false;
        foreach (var line in lines)
        {
            if (rows)
            {
                rows = line != "\\.";
            }
            else if (CopyBegins().IsMatch(line))
            {
                rows = true;
            }
            else if (line.Contains('\\', StringComparison.Ordinal) && Meta().Match(line) is { Success: true } found && found.Groups[1].Value is not ("restrict" or "unrestrict" or "."))
            {
                return found.Value.Trim();
            }
        }
        return null;
    }

    [GeneratedRegex(@"\d+(?:\.\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"^COPY .* FROM stdin;\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex CopyBegins();

    [GeneratedRegex(@"^\s*\\(\S+)")]
    private static partial Regex Meta();

    [GeneratedRegex("""^CREATE USER MAPPING (?:[^;'"]|'[^']*'|"[^"]*")*;""", RegexOptions.Multiline)]
    private static partial Regex Way();

    [GeneratedRegex(@"\b(?:ERROR|FATAL|error):\s+(.*)$")]
    private static partial Regex Error();
}
