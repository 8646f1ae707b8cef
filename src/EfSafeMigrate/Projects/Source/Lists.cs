using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>Arrays, and whatever else holds several values.</summary>
internal sealed class Lists(Expressions expressions)
{
    public object Of(InitializerExpressionSyntax initializer, Frame frame)
    {
        var values = initializer.Expressions.Select(each => expressions.Of(each, frame)).ToArray();
        return initializer.Expressions.Count > 0 && initializer.Expressions.All(each => each is InitializerExpressionSyntax)
            ? new Grid([.. values.OfType<Items>()])
            : new Items(values);
    }

    /// <summary><c>new T[0]</c>, and <c>new T[0, 3]</c> for rows that are not there.</summary>
    public object Sized(ArrayCreationExpressionSyntax array, Frame frame) =>
        array.Type.RankSpecifiers[0].Sizes.Select(size => expressions.Of(size, frame)).ToArray() switch
        {
            [int and >= 0 and <= 10_000 and var count] => new Items(new object?[count]),
            [int and >= 0 and <= 10_000 and var rows, int and >= 0 and <= 100 and var columns] => new Grid([.. Enumerable.Repeat(new Items(new object?[columns]), rows)]),
            _ => Unread.Computed,
        };

    public object Of(CollectionExpressionSyntax collection, Frame frame)
    {
        List<object?> values = [];
        foreach (var element in collection.Elements)
        {
            switch (element)
            {
                case ExpressionElementSyntax single:
                    values.Add(expressions.Of(single.Expression, frame));
                    break;
                case SpreadElementSyntax spread when expressions.Of(spread.Expression, frame) is Items all:
                    values.AddRange(all.Values);
                    break;
                default:
                    return Unread.Computed;
            }
        }
        return new Items(values);
    }
}
