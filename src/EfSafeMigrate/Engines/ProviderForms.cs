using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>
/// What EF's provider for the engine makes of an operation, as far as a review needs it: for migrations that are read and not run.
/// Where the provider itself is there, its own SQL is read instead.
/// </summary>
internal sealed record ProviderForms
{
    /// <summary>The method by which a context chooses the provider.</summary>
    public required IReadOnlyList<string> UseMethods { get; init; }

    /// <summary>Begins the names of the provider's annotations and of its classes in a snapshot.</summary>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <summary>The column type of a C# type that says none; null where it has none.</summary>
    public required Func<ClrType, string?> TypeOf { get; init; }

    /// <summary>A value as SQL, given the column's type.</summary>
    public required Func<object, string, string> Literal { get; init; }

    /// <summary>The statements for an operation, where they tell more than the operation does.</summary>
    public required Func<EfOperation, IReadOnlyList<ProviderCommand>> Commands { get; init; }

    /// <summary>True when the database numbers the rows by this key, though no annotation says so.</summary>
    public Func<ClrType, bool, bool> NumbersKey { get; init; } = (_, _) => false;

    /// <summary>The names providers give the annotation that lets the database assign the value.</summary>
    public static bool IsGenerated(IReadOnlyDictionary<string, object?> annotations) => annotations.Any(annotation =>
        (annotation.Key is "Sqlite:Autoincrement" or "SqlServer:Identity" && annotation.Value is not (null or false))
        || (annotation.Key is "Npgsql:ValueGenerationStrategy" or "MySql:ValueGenerationStrategy"
            && annotation.Value?.ToString() is { } strategy
            && (strategy.Contains("Identity", StringComparison.Ordinal) || strategy.Contains("Serial", StringComparison.Ordinal))));
}

/// <summary>A C# type with what EF says beside it.</summary>
/// <param name="Name">As C# writes it.</param>
internal sealed record ClrType(string Name, int? MaxLength, int? Precision, int? Scale)
{
    public bool? Unicode { get; init; }
    public bool FixedLength { get; init; }
    public bool RowVersion { get; init; }

    /// <summary>The column is a key's or an index's.</summary>
    public bool IsKey { get; init; }

    /// <summary>Without namespace and question mark, as a keyword where there is one.</summary>
    public string Keyword => Name.TrimEnd('?')[(Name.TrimEnd('?').LastIndexOf('.') + 1)..] switch
    {
        "Boolean" => "bool",
        "Byte" => "byte",
        "Int16" => "short",
        "Int32" => "int",
        "Int64" => "long",
        "Single" => "float",
        "Double" => "double",
        "Decimal" => "decimal",
        "String" => "string",
        "Char" => "char",
        "Byte[]" => "byte[]",
        var other => other,
    };
}

/// <param name="Model">The schema before it.</param>
internal sealed record EfOperation(Change Change, DatabaseModel Model)
{
    /// <summary>Texts, flags, numbers, and lists of texts, by EF's name.</summary>
    public IReadOnlyDictionary<string, object?> Annotations { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> OldAnnotations { get; init; } = new Dictionary<string, object?>();

    /// <summary>Of an index: which of its columns are sorted downwards; one flag where all are alike, none where nothing was said.</summary>
    public IReadOnlyList<bool> Descending { get; init; } = [];

    /// <summary>Of a table that is altered.</summary>
    public string? Comment { get; init; }

    public string? OldComment { get; init; }

    /// <summary>What the migration does before.</summary>
    public IReadOnlyList<Change> Earlier { get; init; } = [];

    public bool Says(string annotation) => Annotations.GetValueOrDefault(annotation) is true;

    public string? Text(string annotation) => Annotations.GetValueOrDefault(annotation) as string;

    public IReadOnlyList<string> Texts(string annotation) =>
        Annotations.GetValueOrDefault(annotation) switch { string one => [one], IReadOnlyList<string> several => several, _ => [] };

    public bool IsDescending(int column) => Descending.Count == 0 ? false : Descending.Count == 1 ? Descending[0] : Descending.ElementAtOrDefault(column);
}

/// <param name="Suppressed">It runs outside the migration's transaction.</param>
internal sealed record ProviderCommand(string Sql, bool Suppressed = false);
