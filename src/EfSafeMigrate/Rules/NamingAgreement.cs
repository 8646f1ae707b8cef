using System.Text.RegularExpressions;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>How a team writes names, as its settings say it.</summary>
/// <param name="Forms">By what bears the name, in the plural.</param>
internal sealed record NamingAgreement(IReadOnlyDictionary<string, AgreedForm> Forms)
{
    public static readonly NamingAgreement None = new(new Dictionary<string, AgreedForm>());

    /// <summary>What can be agreed on, each with the kinds of names it speaks of.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds = new Dictionary<string, IReadOnlyList<string>>
    {
        ["tables"] = [GivenNames.Table],
        ["columns"] = [GivenNames.Column],
        ["indexes"] = [GivenNames.Index],
        ["constraints"] = GivenNames.Constraints,
    };

    /// <summary>The names that are not as agreed, each with what was agreed on.</summary>
    public IEnumerable<(string Name, string Agreed)> Broken(IEnumerable<GivenName> given) =>
        from name in given
        from agreed in Forms
        where Kinds[agreed.Key].Contains(name.Kind) && !agreed.Value.Form.IsMatch(name.Name)
        select (name.Name, $"{agreed.Key} {agreed.Value.Said}");
}

/// <param name="Said">As it stands behind what bears the name: <c>are snake_case</c>.</param>
internal sealed record AgreedForm(string Said, Regex Form)
{
    /// <summary>A style by its name, or an expression that the whole name has to match; null where it is neither.</summary>
    public static AgreedForm? Of(string text)
    {
        if (NameStyle.Named(text) is { } style)
        {
            return new($"are {style.Name}", style.Form);
        }
        try
        {
            // One that never goes back cannot be made to run for ever by a name.
            return new($"match {text}", new Regex($"^(?:{text})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
