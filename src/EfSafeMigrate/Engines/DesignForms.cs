using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines;

/// <summary>What is better chosen otherwise while a table is young: advice for those who ask, each piece null where the engine has no reason for it.</summary>
internal sealed record DesignForms
{
    public static readonly DesignForms None = new();

    /// <summary>Integers that run out of numbers.</summary>
    public TypeAdvice? ShortCounter { get; init; }

    /// <summary>Columns numbered by a sequence of their own instead of an identity.</summary>
    public TypeAdvice? Serial { get; init; }

    /// <summary>Text with a length in its type.</summary>
    public TypeAdvice? LimitedText { get; init; }

    /// <summary>Text that is filled up with spaces.</summary>
    public TypeAdvice? PaddedText { get; init; }

    /// <summary>Points in time without an offset.</summary>
    public TypeAdvice? LocalTime { get; init; }

    /// <summary>A name without a schema is looked up along a path the session sets.</summary>
    public Basis? SearchesSchemas { get; init; }

    public RowLayout? Layout { get; init; }
}

/// <param name="Applies">True for a column the advice is about.</param>
/// <param name="Because">What such a column does, as a clause behind the columns' names.</param>
/// <param name="Instead">The type to take.</param>
internal sealed record TypeAdvice(Func<Column, bool> Applies, string Because, string Instead, Basis Basis);

/// <summary>How an engine places the columns of a row, which it does in the order they are declared in.</summary>
/// <param name="Lost">Bytes of each row that hold nothing because the next column starts at a multiple of its width; at least this many.</param>
/// <param name="Tightest">The same columns in an order that loses the fewest.</param>
internal sealed record RowLayout(Func<IReadOnlyList<Column>, int> Lost, Func<IReadOnlyList<Column>, IReadOnlyList<Column>> Tightest, Basis Basis);
