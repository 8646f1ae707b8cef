using Humanizer;

namespace EfSafeMigrate.Rules;

/// <summary>How likely two names mean the same thing.</summary>
internal static class NameLikeness
{
    // Words that say what kind of value it is, not which one: IsActive and IsDeleted have nothing in common.
    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal)
    {
        "id", "ids", "fk", "pk", "no", "is", "has", "was", "can", "at", "on", "by", "of", "in", "to", "for", "from", "the", "a", "an", "and", "or", "utc", "new", "old", "tmp", "temp",
    };

    /// <summary>True when the names share a word, a stem or an abbreviation that carries meaning.</summary>
    public static bool ShareAWord(string left, string right) => ShareAWord(new SpelledName(left), new SpelledName(right));

    private static bool ShareAWord(SpelledName left, SpelledName right)
    {
        var (a, b) = (left.Meaning, right.Meaning);
        if (a.Count == 0 || b.Count == 0)
        {
            // Nothing but particles on one side, as in Id and OrderId: then they are all there is to compare.
            return left.Spelled.Intersect(right.Spelled).Any();
        }
        return a.Any(word => b.Any(other => Alike(word, other))) || Contains(left, right) || IsInitials(left, right) || IsInitials(right, left);
    }

    /// <summary>0 when nothing is shared, 1 when all words are.</summary>
    public static double Of(string left, string right) => Of(new SpelledName(left), new SpelledName(right));

    public static double Of(SpelledName left, SpelledName right)
    {
        if (!ShareAWord(left, right))
        {
            return 0;
        }
        var (a, b) = (left.Words, right.Words);
        var shared = a.Count(word => b.Any(other => Alike(word, other))) + b.Count(word => a.Any(other => Alike(word, other)));
        return Math.Max(0.5, (double)shared / (a.Count + b.Count));
    }

    /// <summary><c>OrderLineIDs</c> and <c>order_line_ids</c> are both order, line, id.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            if (at == name.Length || Breaks(name, at))
            {
                var word = name[start..at].Trim('_', ' ', '-', '.', '$').ToLowerInvariant();
                if (word.Length > 0)
                {
                    words.Add(word.Length > 3 ? word.Singularize(inputIsKnownToBePlural: false) : word);
                }
                start = at;
            }
        }
        return words;
    }

    private static bool Breaks(string name, int at)
    {
        var (before, here) = (name[at - 1], name[at]);
        return !char.IsLetterOrDigit(here)
            || (char.IsUpper(here) && (!char.IsUpper(before) || (at + 1 < name.Length && char.IsLower(name[at + 1]) && !IsPluralOfCapitals(name, at + 1))))
            || (char.IsDigit(here) != char.IsDigit(before) && char.IsLetterOrDigit(before));
    }

    /// <summary>The <c>s</c> of <c>IDs</c>.</summary>
    private static bool IsPluralOfCapitals(string name, int at) => name[at] == 's' && (at + 1 == name.Length || !char.IsLower(name[at + 1]));

    public static bool IsParticle(string word) => Particles.Contains(word);

    private static bool Alike(string left, string right)
    {
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        var common = shorter.Zip(longer).TakeWhile(pair => pair.First == pair.Second).Count();
        return shorter == longer
            || (shorter.Length >= 3 && common == shorter.Length)
            || (common >= 4 && common * 5 >= shorter.Length * 3)
            || IsContraction(shorter, longer)
            || Distance(shorter, longer) <= (shorter.Length >= 8 ? 2 : shorter.Length >= 5 ? 1 : 0);
    }

    /// <summary><c>qty</c> of <c>quantity</c>: consonants of the longer word, in its order.</summary>
    private static bool IsContraction(string shorter, string longer)
    {
        if (shorter.Length < 2 || longer.Length < shorter.Length + 2 || shorter[0] != longer[0] || shorter.Skip(1).Any("aeiou".Contains))
        {
            return false;
        }
        var at = 0;
        foreach (var letter in longer)
        {
            at += at < shorter.Length && shorter[at] == letter ? 1 : 0;
        }
        return at == shorter.Length;
    }

    /// <summary><c>Dob</c> of <c>DateOfBirth</c>.</summary>
    private static bool IsInitials(SpelledName initials, SpelledName name) =>
        name.Words.Count > 1 && string.Concat(name.Words.Select(word => word[0])).Equals(initials.Name, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(SpelledName left, SpelledName right)
    {
        var (a, b) = (string.Concat(left.Meaning), string.Concat(right.Meaning));
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        return shorter.Length >= 4 && longer.Contains(shorter, StringComparison.Ordinal);
    }

    /// <summary>Edits between two words; two letters changing places are one edit.</summary>
    public static int Distance(string left, string right)
    {
        var rows = Enumerable.Range(0, left.Length + 1).Select(_ => new int[right.Length + 1]).ToArray();
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i][j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1,
                    rows[i - 1][j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i][j] = Math.Min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[left.Length][right.Length];
    }
}

/// <summary>A name taken apart once, for comparing it with many.</summary>
internal sealed record SpelledName(string Name)
{
    public IReadOnlyList<string> Words { get; } = NameLikeness.Words(Name);

    /// <summary>Without numbers.</summary>
    public IReadOnlyList<string> Spelled => [.. Words.Where(word => !char.IsDigit(word[0]))];

    /// <summary>The words that say which value it is.</summary>
    public IReadOnlyList<string> Meaning { get; } = [.. NameLikeness.Words(Name).Where(word => !char.IsDigit(word[0]) && !NameLikeness.IsParticle(word))];
}
