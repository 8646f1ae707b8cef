using System.Collections;

namespace EfSafeMigrate.Rules;

/// <summary>A part of a list that goes on growing behind it.</summary>
internal sealed class Slice<T>(List<T> list, int from, int to) : IReadOnlyList<T>
{
    public int Count => to - from;

    public T this[int index] => list[from + index];

    /// <summary>The items behind the last one that the predicate holds for.</summary>
    public Slice<T> Behind(Func<T, bool> predicate)
    {
        var start = to;
        while (start > from && !predicate(list[start - 1]))
        {
            start--;
        }
        return new(list, start, to);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var at = from; at < to; at++)
        {
            yield return list[at];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
