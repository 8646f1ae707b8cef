using System.Globalization;
using EfSafeMigrate.Protocol;

namespace EfSafeMigrate.Plans;

/// <summary>Puts pieces together into migrations.</summary>
internal static class Composition
{
    // Removals come first, so that a kept object may bear the name of one that is postponed; columns come before what stands on them.
    private static readonly IReadOnlyList<Type> EditOrder =
    [
        typeof(Postpone), typeof(KeepTable), typeof(KeepColumn), typeof(KeepDefinition), typeof(Relax), typeof(DropDefault), typeof(KeepPrimaryKey),
        typeof(KeepUnique), typeof(KeepIndex), typeof(KeepForeignKey), typeof(KeepCheck), typeof(MapColumn),
    ];

    /// <param name="apart">Triggers have migrations of their own.</param>
    public static IReadOnlyList<DraftMigration> Of(IReadOnlyList<Piece> pieces, bool apart)
    {
        List<List<Piece>> groups = [.. pieces
            .Select((piece, at) => (Piece: piece, Group: GroupOf(piece, at)))
            .GroupBy(each => each.Group, each => each.Piece)
            .OrderBy(group => group.First().Slot)
            .Select(group => group.ToList())];
        List<(List<Piece> Pieces, Part Part)> parts = [.. groups.SelectMany(group => Parts(group, apart).Select(part => (group, part)))];
        return
        [
            .. parts.Select((each, at) => new DraftMigration(
                each.Pieces[0].Phase,
                Suffix([.. parts.Select(part => part.Pieces)], at),
                each.Pieces,
                [
                    .. parts.Skip(at + 1).Where(later => later.Part != Part.Triggers)
                        .SelectMany(later => later.Pieces).SelectMany(piece => piece.Lifts).Distinct().OrderBy(edit => EditOrder.IndexOf(edit.GetType())),
                ])
            {
                Part = each.Part,
            }),
        ];
    }

    /// <summary>Triggers are made when EF has copied its tables, and dropped before it does.</summary>
    private static Part[] Parts(List<Piece> group, bool apart) =>
        !apart || !group.Exists(piece => piece.Up.HasTriggers || piece.Down.HasTriggers) ? [Part.Whole]
        : group[0].Phase == PhaseKind.Contract ? [Part.Triggers, Part.Operations]
        : [Part.Operations, Part.Triggers];

    private static string GroupOf(Piece piece, int at) =>
        piece.Alone ? $"{piece.Slot} {at}"
        // Strong locks on two tables in one transaction can deadlock with the application.
        : piece.Slot is Slot.ConstrainNew or Slot.ConstrainIndexed or Slot.ConstrainProved or Slot.ContractNew or Slot.ContractProved or Slot.Contract ? $"{piece.Slot} {piece.Table}"
        : $"{piece.Slot}";

    private static string Suffix(IReadOnlyList<List<Piece>> groups, int at)
    {
        var phase = groups[at][0].Phase;
        var several = groups.Count(group => group[0].Phase == phase) > 1;
        var number = groups.Take(at + 1).Count(group => group[0].Phase == phase);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)phase + 1}{phase}{(several ? number : "")}");
    }

    private static int IndexOf(this IReadOnlyList<Type> types, Type type) => types.TakeWhile(each => each != type).Count();
}
