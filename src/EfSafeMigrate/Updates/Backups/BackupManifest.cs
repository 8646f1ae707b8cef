using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EfSafeMigrate.Updates.Backups;

[JsonConverter(typeof(BackupStateConverter))]
internal enum BackupState
{
    /// <summary>Written, and nobody has seen it come back.</summary>
    Taken,

    /// <summary>Restored into a scratch database, which then was equal.</summary>
    Proven,

    /// <summary>Made by a command of the team; the tool has not seen it.</summary>
    Attested,
}

internal sealed class BackupStateConverter() : JsonStringEnumConverter<BackupState>(JsonNamingPolicy.CamelCase);

/// <summary>What a backup says of itself, in <c>manifest.json</c> beside its files.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";

    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;
    public required BackupState State { get; init; }

    /// <summary>Why it is not proven, as a clause.</summary>
    public string? Unproven { get; init; }
    public required string Run { get; init; }
    public required DateTimeOffset At { get; init; }
    public required BackedUpDatabase Database { get; init; }

    /// <summary>The newest migration that was applied; null for none.</summary>
    public string? Migration { get; init; }

    /// <summary>Hash of the plan that ran last.</summary>
    public string? Plan { get; init; }
    public required string ToolVersion { get; init; }

    /// <summary>The program that wrote the files, with its version; null where the provider did.</summary>
    public string? Program { get; init; }

    /// <summary>What the team's command said of it.</summary>
    public string? Attestation { get; init; }
    public IReadOnlyList<BackupFile> Files { get; init; } = [];
    public IReadOnlyList<TableContents> Tables { get; init; } = [];

    /// <summary>How far sequences are when it is restored; null when nobody has seen it.</summary>
    public IReadOnlyDictionary<string, string>? Counters { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the manifest without this line: nothing in it is changed unseen.</summary>
    public string? Sha256 { get; init; }

    [JsonIgnore]
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>SHA-256 of its file.</summary>
    [JsonIgnore]
    public string Digest => Hash(Text);

    /// <summary>As it stands in its file.</summary>
    [JsonIgnore]
    public string Text
    {
        get
        {
            var bare = this with { Sha256 = null };
            return (bare with { Sha256 = Hash(bare.Plain) }).Plain;
        }
    }

    private string Plain => JsonSerializer.Serialize(this, BackupJson.Default.BackupManifest).ReplaceLineEndings("\n");

    /// <exception cref="SafeMigrateException">It is no manifest, or not as it was written.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (BackupFolder.IsPartial(folder))
        {
            throw Refused($"`{folder}` is no backup: its run was stopped before it was whole.");
        }
        if (!File.Exists(path))
        {
            throw Refused(Directory.Exists(folder) ? $"`{folder}` has no {FileName}: it is no backup, or not a whole one." : $"There is no folder `{folder}`.");
        }
        var text = File.ReadAllText(path, Encoding.UTF8);
        try
        {
            if (JsonNode.Parse(text) is JsonObject document && document["format"] is JsonValue format && format.TryGetValue(out int number) && number > CurrentFormat)
            {
                throw new SafeMigrateException($"`{path}` was written by a newer version of the tool. Nothing was changed.", "dotnet tool update EfSafeMigrate", ExitCode.StoppedSafely);
            }
            var found = JsonSerializer.Deserialize(text, BackupJson.Default.BackupManifest);
            return found?.Text == text ? found : throw Refused($"`{path}` is not as it was written: somebody changed it, or the disk did.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Refused($"`{path}` is not as it was written, and cannot be read.");
        }
    }

    /// <summary>Null for a folder that is no whole backup.</summary>
    public static BackupManifest? TryRead(string folder)
    {
        try
        {
            return Read(folder);
        }
        catch (Exception exception) when (exception is SafeMigrateException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static SafeMigrateException Refused(string sentence) => new($"{sentence} Nothing was changed.", "restore another backup", ExitCode.StoppedSafely);

#pragma warning disable CA1308 // Hexadecimal digits, not text.
    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
#pragma warning restore CA1308
}

/// <param name="Fingerprint">The same for every name that leads to it.</param>
/// <param name="Version">The server's, as it says it.</param>
internal sealed record BackedUpDatabase(string Engine, string Version, string Server, string Name, string Fingerprint);

/// <param name="Path">In the backup's folder, with slashes.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
