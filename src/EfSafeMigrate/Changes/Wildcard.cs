using System.IO.Enumeration;

namespace EfSafeMigrate.Changes;

internal static class Wildcard
{
    /// <summary>Whether the pattern is the whole name; <c>*</c> is any text, <c>?</c> any character, case does not count.</summary>
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
