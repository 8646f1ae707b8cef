using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace EfSafeMigrate.Projects.Source;

/// <summary>C#'s operators on values that are known.</summary>
internal static class Arithmetic
{
    public static object? Binary(SyntaxKind kind, object? left, object? right)
    {
        if (left is Unread || right is Unread)
        {
            return left as Unread ?? right;
        }
        return kind switch
        {
            SyntaxKind.AddExpression when left is string || right is string => Text(left) is { } begin && Text(right) is { } end ? begin + end : Unread.Computed,
            SyntaxKind.EqualsExpression => Same(left, right),
            SyntaxKind.NotEqualsExpression => Same(left, right) is bool same ? !same : Unread.Computed,
            _ when Whole(left) is { } first && Whole(right) is { } second => Numbers(kind, first, second, left is int && right is int),
            SyntaxKind.BitwiseOrExpression when left is MemberName one && right is MemberName other => new MemberName(one.Type, $"{one.Name}, {other.Name}"),
            _ => Unread.Computed,
        };
    }

    public static object? Unary(SyntaxKind kind, object? value) => (kind, value) switch
    {
        (SyntaxKind.LogicalNotExpression, bool flag) => !flag,
        (SyntaxKind.UnaryPlusExpression, _) => value,
        (SyntaxKind.UnaryMinusExpression, int number) when number != int.MinValue => -number,
        (SyntaxKind.UnaryMinusExpression, long number) when number != long.MinValue => -number,
        (SyntaxKind.UnaryMinusExpression, uint number) => -(long)number,
        (SyntaxKind.UnaryMinusExpression, double number) => -number,
        (SyntaxKind.UnaryMinusExpression, float number) => -number,
        (SyntaxKind.UnaryMinusExpression, decimal number) => -number,
        _ => value as Unread ?? Unread.Computed,
    };

    public static object? Cast(string type, object? value)
    {
        try
        {
            return value is not IConvertible and not MemberName ? value : (type, value) switch
            {
                (_, MemberName) => value,
                ("byte", _) => Convert.ToByte(value, CultureInfo.InvariantCulture),
                ("sbyte", _) => Convert.ToSByte(value, CultureInfo.InvariantCulture),
                ("short", _) => Convert.ToInt16(value, CultureInfo.InvariantCulture),
                ("ushort", _) => Convert.ToUInt16(value, CultureInfo.InvariantCulture),
                ("int", _) => Convert.ToInt32(value, CultureInfo.InvariantCulture),
                ("uint", _) => Convert.ToUInt32(value, CultureInfo.InvariantCulture),
                ("long", _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                ("ulong", _) => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
                ("float", _) => Convert.ToSingle(value, CultureInfo.InvariantCulture),
                ("double", _) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
                ("decimal", _) => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
                _ => value,
            };
        }
        catch (Exception exception) when (exception is OverflowException or FormatException or InvalidCastException)
        {
            return Unread.Computed;
        }
    }

    /// <summary>As C# writes it into a text; null for what has no fixed text.</summary>
    public static string? Text(object? value, string? format = null) => value switch
    {
        null => "",
        string text => text,
        bool or char or MemberName => value.ToString(),
        IFormattable number => Formatted(number, format),
        _ => null,
    };

    private static string? Formatted(IFormattable value, string? format)
    {
        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static object Same(object? left, object? right) =>
        Whole(left) is { } first && Whole(right) is { } second ? first == second
        : left is Items or Grid or Builder or OpenText || right is Items or Grid or Builder or OpenText ? Unread.Computed
        : Equals(left, right);

    private static long? Whole(object? value) => value switch
    {
        int number => number,
        long number => number,
        short number => number,
        byte number => number,
        uint number => number,
        _ => null,
    };

    private static object Numbers(SyntaxKind kind, long left, long right, bool small)
    {
        object result = kind switch
        {
            SyntaxKind.AddExpression => unchecked(left + right),
            SyntaxKind.SubtractExpression => unchecked(left - right),
            SyntaxKind.MultiplyExpression => unchecked(left * right),
            SyntaxKind.DivideExpression when right is not (0 or -1) => left / right,
            SyntaxKind.ModuloExpression when right is not (0 or -1) => left % right,
            SyntaxKind.LessThanExpression => left < right,
            SyntaxKind.LessThanOrEqualExpression => left <= right,
            SyntaxKind.GreaterThanExpression => left > right,
            SyntaxKind.GreaterThanOrEqualExpression => left >= right,
            _ => Unread.Computed,
        };
        return small && result is long and >= int.MinValue and <= int.MaxValue and var whole ? (int)whole : result;
    }
}
