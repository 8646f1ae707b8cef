namespace EfSafeMigrate.Reports;

/// <summary>A text of the JSON document that is one of an enum's values in kebab case; the published schema lists them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpelledAsAttribute(Type words, params string[] others) : Attribute
{
    public Type Words { get; } = words;

    /// <summary>Further words beside the enum's.</summary>
    public IReadOnlyList<string> Others { get; } = others;
}
