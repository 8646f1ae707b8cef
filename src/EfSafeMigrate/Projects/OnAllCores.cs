namespace EfSafeMigrate.Projects;

/// <summary>The same for each of many. PLINQ does it too, after a tenth of a second in which it is compiled.</summary>
internal static class OnAllCores
{
    public static TResult[] Select<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> of)
        where TResult : class?
    {
        var results = new TResult[items.Count];
        Parallel.For(0, items.Count, at => results[at] = of(items[at]));
        return results;
    }
}
