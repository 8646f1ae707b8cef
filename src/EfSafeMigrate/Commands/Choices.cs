using System.Runtime.CompilerServices;

namespace EfSafeMigrate.Commands;

/// <summary>The values that an option or an argument knows, for shells that complete what is typed.</summary>
internal static class Choices
{
    private static readonly ConditionalWeakTable<object, Func<IEnumerable<string>>> Known = [];

    public static T Among<T>(this T option, params string[] values) where T : class => option.Among(() => values);

    /// <param name="values">Asked for only when somebody completes.</param>
    public static T Among<T>(this T option, Func<IEnumerable<string>> values) where T : class
    {
        Known.Add(option, values);
        return option;
    }

    /// <returns>Empty where anything will do.</returns>
    public static IReadOnlyList<string> Of(object option) => Known.TryGetValue(option, out var values) ? [.. values()] : [];
}
