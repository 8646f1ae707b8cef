using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>Why a change to an enum type, or with a value of one, is refused: rules of their own say so.</summary>
internal static class EnumValues
{
    public static bool IsRefused(Situation situation) => IsAddedInTransaction(situation) || Unusable(situation) is not null;

    public static bool IsAddedInTransaction(Situation situation) =>
        situation is { Change: AddEnumValue { InTransaction: true }, Impact: { Refused: not null, Transactional: false } };

    /// <summary>The value that the open transaction has added and the change uses.</summary>
    public static string? Unusable(Situation situation) =>
        situation.Impact.Refused is null ? null : situation.State.FreshValueIn(situation.Change, ofOwnTypes: true);
}
