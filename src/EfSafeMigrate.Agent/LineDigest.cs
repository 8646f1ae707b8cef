using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Agent;

/// <summary>A digest of lines that does not depend on their order: for engines that have no hash function of their own.</summary>
internal static class LineDigest
{
    private const int Part = 16;

    public static async Task<LinesResult> ReadAsync(DbDataReader reader, CancellationToken cancellation)
    {
        var (sum, lines) = (UInt128.Zero, 0L);
        var hash = new byte[SHA256.HashSizeInBytes];
        while (await reader.ReadAsync(cancellation))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(reader.GetString(0)), hash);
            sum = unchecked(sum + BinaryPrimitives.ReadUInt128BigEndian(hash.AsSpan(0, Part)));
            lines++;
        }
        return new LinesResult(lines, sum.ToString("x32", CultureInfo.InvariantCulture));
    }
}
