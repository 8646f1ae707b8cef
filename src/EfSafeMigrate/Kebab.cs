using System.Text;

namespace EfSafeMigrate;

/// <summary><c>DropColumn</c> as <c>drop-column</c>: for every rule at every start, without a regular expression.</summary>
internal static class Kebab
{
    public static string ToKebab(this string name)
    {
        var words = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            if (at > 0 && char.IsUpper(name[at]) && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))))
            {
                words.Append('-');
            }
            words.Append(char.ToLowerInvariant(name[at]));
        }
        return words.ToString();
    }
}
