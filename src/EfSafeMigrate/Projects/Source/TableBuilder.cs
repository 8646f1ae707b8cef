using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>The two lambdas of <c>CreateTable</c>.</summary>
internal sealed class TableBuilder
{
    private static readonly string[] ColumnParameters = "type unicode maxLength rowVersion name nullable defaultValue defaultValueSql computedColumnSql fixedLength comment collation precision scale stored".Split(' ');

    private static readonly Dictionary<string, string[]> ConstraintParameters = new()
    {
        ["PrimaryKey"] = ["name", "column"],
        ["UniqueConstraint"] = ["name", "column"],
        ["CheckConstraint"] = ["name", "sql"],
        ["ForeignKey"] = ["name", "column", "principalTable", "principalColumn", "principalSchema", "onUpdate", "onDelete"],
    };

    private readonly Dictionary<string, string> columnNames = [];

    /// <summary>In their order; each with the column's name among its arguments.</summary>
    public List<OperationNode> Columns { get; } = [];

    public List<OperationNode> Constraints { get; } = [];

    /// <summary>Why it is not read.</summary>
    public string? Why { get; private set; }

    /// <param name="arguments">The lambdas are taken out of it.</param>
    public static TableBuilder Read(IReadOnlyList<Argument> given, Dictionary<string, object?> arguments, Expressions expressions, Frame frame)
    {
        var table = new TableBuilder();
        arguments.Remove("columns");
        arguments.Remove("constraints");
        var standing = given.TakeWhile(argument => argument.Name is null).ToArray();
        table.ReadColumns((given.FirstOrDefault(argument => argument.Name == "columns") ?? standing.ElementAtOrDefault(1))?.Expression, expressions, frame);
        table.ReadConstraints((given.FirstOrDefault(argument => argument.Name == "constraints") ?? standing.ElementAtOrDefault(3))?.Expression, expressions, frame);
        return table;
    }

    /// <summary>Null for a method that EF's builders do not have.</summary>
    public OperationNode? Call(string name, SimpleNameSyntax called, InvocationExpressionSyntax call, IReadOnlyList<Argument> given)
    {
        var parameters = name == "Column" ? ColumnParameters : ConstraintParameters.GetValueOrDefault(name);
        if (parameters is null)
        {
            return null;
        }
        var arguments = BuilderMethods.Bind(parameters, given, out var unknown);
        if (name != "Column" && given.FirstOrDefault(argument => argument.Expression is LambdaExpressionSyntax)?.Expression is LambdaExpressionSyntax { ExpressionBody: { } body })
        {
            arguments["column"] = ColumnsIn(body);
        }
        var unread = arguments.FirstOrDefault(argument => argument.Value is Unread && argument.Key is "type" or "name" or "nullable" or "sql" or "column" or "principalTable" or "principalColumn" or "computedColumnSql" or "defaultValueSql");
        Why ??= unknown is not null ? $"EF has no parameter `{unknown}`" : (unread.Value as Unread)?.Why;
        var node = new OperationNode(name, call.GetFirstToken())
        {
            Arguments = arguments,
            Clr = called is GenericNameSyntax { TypeArgumentList.Arguments: [var type, ..] } ? type.ToString() : null,
        };
        if (name != "Column")
        {
            Constraints.Add(node);
        }
        return node;
    }

    private void ReadColumns(ExpressionSyntax? given, Expressions expressions, Frame frame)
    {
        if (given is not LambdaExpressionSyntax lambda || Body(lambda) is not AnonymousObjectCreationExpressionSyntax columns)
        {
            Why = "its columns are not written where it is called";
            return;
        }
        var inner = FrameOf(lambda, frame);
        foreach (var member in columns.Initializers)
        {
            var value = expressions.Of(member.Expression, inner);
            var property = member.NameEquals?.Name.Identifier.ValueText;
            if (value is not OperationNode { Name: "Column" } column || property is null)
            {
                Why ??= "a column is computed";
                continue;
            }
            var name = column.Said("name") ?? property;
            columnNames[property] = name;
            var named = new OperationNode("Column", column.At) { Arguments = new Dictionary<string, object?>(column.Arguments) { ["name"] = name }, Clr = column.Clr };
            foreach (var (key, said) in column.Annotations)
            {
                named.Annotations[key] = said;
            }
            Columns.Add(named);
        }
    }

    private void ReadConstraints(ExpressionSyntax? given, Expressions expressions, Frame frame)
    {
        if (given is not LambdaExpressionSyntax lambda)
        {
            Why ??= given is null or LiteralExpressionSyntax ? null : "its constraints are not written where it is called";
            return;
        }
        var inner = FrameOf(lambda, frame);
        if (lambda.ExpressionBody is { } only)
        {
            expressions.Of(only, inner);
            return;
        }
        foreach (var statement in lambda.Block!.Statements)
        {
            if (statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call })
            {
                expressions.Of(call, inner);
            }
            else
            {
                Why ??= "its constraints are computed";
            }
        }
    }

    private static ExpressionSyntax? Body(LambdaExpressionSyntax lambda) =>
        lambda.ExpressionBody ?? (lambda.Block?.Statements is [ReturnStatementSyntax { Expression: { } returned }] ? returned : null);

    private Frame FrameOf(LambdaExpressionSyntax lambda, Frame frame)
    {
        var inner = new Frame(frame.Class, frame, frame.Depth + 1);
        var name = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var parameter] } => parameter.Identifier.ValueText,
            _ => "",
        };
        inner.Declare(name, this);
        return inner;
    }

    /// <summary><c>x => x.Id</c>, or <c>x => new { x.A, x.B }</c>.</summary>
    private object ColumnsIn(ExpressionSyntax body)
    {
        ExpressionSyntax[] members = body is AnonymousObjectCreationExpressionSyntax several ? [.. several.Initializers.Select(member => member.Expression)] : [body];
        return members.All(member => member is MemberAccessExpressionSyntax)
            ? new Items([.. members.Cast<MemberAccessExpressionSyntax>().Select(member => columnNames.GetValueOrDefault(member.Name.Identifier.ValueText, member.Name.Identifier.ValueText))])
            : Unread.Computed;
    }
}
