using System.Text;

namespace EfSafeMigrate.Engines;

/// <summary>How long a name may be, and what becomes of a longer one.</summary>
/// <param name="InBytes">Counted in bytes of UTF-8; otherwise in characters.</param>
/// <param name="Cuts">A longer name is cut off without an error; otherwise the statement fails.</param>
internal sealed record NameLimit(int Length, bool InBytes, bool Cuts, Basis Basis)
{
    public string Unit => InBytes ? "bytes" : "characters";

    public int LengthOf(string name) => InBytes ? Encoding.UTF8.GetByteCount(name) : name.Length;

    public bool Exceeds(string name) => LengthOf(name) > Length;

    /// <summary>What is left of a name that is cut.</summary>
    public string Cut(string name)
    {
        var end = Math.Min(Length, name.Length);
        while (end > 0 && (LengthOf(name[..end]) > Length || char.IsHighSurrogate(name[end - 1])))
        {
            end--;
        }
        return name[..end];
    }
}
