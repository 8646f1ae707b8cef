namespace EfSafeMigrate.Updates;

/// <summary>Somebody who writes or approves migrations.</summary>
internal sealed record Person(string Name, string? Email)
{
    /// <summary>The same name or the same address: who approves may be known to git, or by the name of a key.</summary>
    public bool Is(Person other) =>
        Same(Name, other.Name) || Same(Email, other.Email) || Same(Name, other.Email) || Same(Email, other.Name);

    public override string ToString() => Name.Length > 0 ? Name : Email ?? "";

    private static bool Same(string? one, string? other) => one is { Length: > 0 } && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
