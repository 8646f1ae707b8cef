using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EfSafeMigrate.Settings;

namespace EfSafeMigrate.Updates;

/// <summary>An approval in a file, signed by ECDSA over P-256 and SHA-256: it needs no database to be given, and nobody can change it.</summary>
internal static class ApprovalFile
{
    /// <exception cref="SafeMigrateException">The key is not one to sign with.</exception>
    public static string Sign(Approved approved, string privateKey)
    {
        using var key = Import(privateKey) ?? throw new SafeMigrateException(
            "The key given to --sign-with is not a private key on the curve P-256, as PEM without a password.", "openssl ecparam -name prime256v1 -genkey -noout   makes one");
        try
        {
            var signature = key.SignData(Content(approved), HashAlgorithmName.SHA256);
            return JsonSerializer.Serialize(new SignedApproval(1, approved, Convert.ToBase64String(signature)), ApprovalJson.Default.SignedApproval) + "\n";
        }
        catch (CryptographicException)
        {
            throw new SafeMigrateException("The key given to --sign-with cannot sign: it is a public one.", "give the private key");
        }
    }

    /// <summary>The approval, with the approver whose key has signed it.</summary>
    /// <exception cref="SafeMigrateException">It is not an approval, or nobody who may approve has signed it.</exception>
    public static Approved Read(string text, string file, IReadOnlyDictionary<string, string> approvers)
    {
        var read = Parse(text) ?? throw new SafeMigrateException($"`{file}` is not an approval.", "dotnet safe-migrate approve --output FILE --sign-with KEY.pem   makes one");
        foreach (var (name, publicKey) in approvers)
        {
            using var key = Import(publicKey) ?? throw new SafeMigrateException(
                $"`approval.approvers.{name}` in the settings is not a public key on the curve P-256, as PEM.", "openssl ec -in KEY.pem -pubout   prints it");
            if (key.VerifyData(Content(read.Approval), read.Bytes, HashAlgorithmName.SHA256))
            {
                return read.Approval with { Approver = new Person(name, null) };
            }
        }
        throw new SafeMigrateException(
            $"The signature of `{file}` is of nobody who may approve{(approvers.Count == 0 ? ": the settings name no approver" : "")}. Nothing was changed.",
            "name the signer's public key in `approval.approvers` of .config/safe-migrate.json, or have it signed by somebody there", ExitCode.StoppedSafely);
    }

    private static byte[] Content(Approved approved) => JsonSerializer.SerializeToUtf8Bytes(approved, ApprovalJson.Default.Approved);

    private static SignedApproval? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ApprovalJson.Default.SignedApproval) is { SchemaVersion: 1, Approval: not null, Signature: not null } read && read.Bytes.Length > 0 ? read : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    private static ECDsa? Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
            {
                return key;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Not a key; told by the caller, who knows where it came from.
        }
        key.Dispose();
        return null;
    }
}

internal sealed record SignedApproval(int SchemaVersion, Approved Approval, string Signature)
{
    [JsonIgnore]
    public byte[] Bytes => Convert.FromBase64String(Signature);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SignedApproval))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
