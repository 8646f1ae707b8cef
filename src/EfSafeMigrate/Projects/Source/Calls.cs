using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Projects.Source;

/// <summary>What a call answers, and what it does to the builder.</summary>
internal sealed class Calls(SourceRun run, Expressions expressions)
{
    private const string MigrationBuilder = "MigrationBuilder";

    public object? Of(InvocationExpressionSyntax call, Frame frame)
    {
        if (!run.Step())
        {
            return run.NotFollowed(call, frame, "it goes on for too long");
        }
        var answer = Followed(call, frame);
        foreach (var argument in call.ArgumentList.Arguments.Where(argument => argument.RefOrOutKeyword.RawKind != (int)SyntaxKind.None))
        {
            SourceRun.Lose(argument.Expression, frame);
        }
        return answer;
    }

    private object? Followed(InvocationExpressionSyntax call, Frame frame)
    {
        return call.Expression switch
        {
            IdentifierNameSyntax { Identifier.ValueText: "nameof" } => call.ArgumentList.Arguments is [var named] ? NameIn(named.Expression) : Unread.Computed,
            SimpleNameSyntax name => Own(name.Identifier.ValueText, call, frame),
            MemberAccessExpressionSyntax member => OfMember(member, call, frame),
            _ => run.NotFollowed(call, frame, Unread.Computed.Why),
        };
    }

    public object? New(BaseObjectCreationExpressionSyntax created, Frame frame)
    {
        var type = created is ObjectCreationExpressionSyntax named ? SourceClass.NameOf(named.Type) : "";
        if (created.Initializer is { } initializer && initializer.Expressions.All(each => each is not AssignmentExpressionSyntax))
        {
            return expressions.Of(initializer, frame);
        }
        if (type is "List" or "HashSet" && (created.ArgumentList?.Arguments.Count ?? 0) == 0)
        {
            return created.Initializer is null ? new Items([]) : run.NotFollowed(created, frame, Unread.Computed.Why);
        }
        var arguments = created.ArgumentList?.Arguments.Select(argument => expressions.Of(argument.Expression, frame)).ToArray() ?? [];
        return Library.New(type, arguments) ?? run.NotFollowed(created, frame, Unread.Computed.Why);
    }

    private static string NameIn(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => expression.ToString(),
    };

    /// <summary>A local function, a lambda in a variable, or a method of the class or one it derives from or stands in.</summary>
    private object? Own(string name, InvocationExpressionSyntax call, Frame frame)
    {
        if (frame.TryGet(name, out var local))
        {
            return local is Function function ? Called(function, call, frame) : run.NotFollowed(call, frame, Unread.Computed.Why);
        }
        return MethodIn(frame.Class, name, call.ArgumentList.Arguments.Count) is { } method ? Called(method, call, frame)
            : run.NotFollowed(call, frame, $"no method `{name}` is in the project");
    }

    /// <param name="asWritten">As <c>base.</c> calls it: not what a class below makes of it.</param>
    private Function? MethodIn(SourceClass holder, string name, int arguments, bool asWritten = false)
    {
        var type = holder;
        for (var up = 0; type is not null && up < 8; up++)
        {
            var own = type.Method(name, arguments) is null ? run.Classes.Whole(type) ?? type : type;
            if (own.Candidates(name, arguments) is [var method, ..] all)
            {
                return (asWritten ? null : Overriding(type, name, arguments)) ?? Chosen(method, own, all.Count);
            }
            var around = type.Parts[0].Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault();
            type = around is not null ? new(around.Identifier.ValueText, [around])
                : type.Base is { } parent && parent is not ("Migration" or "object") ? run.Classes.Find(parent) : null;
        }
        return null;
    }

    private Function? Overriding(SourceClass type, string name, int arguments) => run.Below(type)
        .Select(below => below.Candidates(name, arguments).FirstOrDefault(method => method.Modifiers.Any(SyntaxKind.OverrideKeyword)) is { } method ? SourceRun.FunctionOf(method, below) : null)
        .FirstOrDefault(function => function is not null);

    /// <summary>Of several methods that differ by the types of their parameters none is followed.</summary>
    private static Function Chosen(MethodDeclarationSyntax method, SourceClass holder, int among) => among == 1 ? SourceRun.FunctionOf(method, holder)
        : SourceRun.FunctionOf(method, holder) with { Body = method, Why = $"the types of its arguments tell which `{method.Identifier.ValueText}` it is" };

    private object? Called(Function function, InvocationExpressionSyntax call, Frame frame, object? receiver = null, bool extends = false)
    {
        List<object?> values = extends ? [receiver] : [];
        List<(string, object?)> named = [];
        foreach (var argument in call.ArgumentList.Arguments)
        {
            var value = expressions.Of(argument.Expression, frame);
            if (argument.NameColon is { } name)
            {
                named.Add((name.Name.Identifier.ValueText, value));
            }
            else
            {
                values.Add(value);
            }
        }
        return run.Call(function, values, call, frame.Depth, named);
    }

    private object? OfMember(MemberAccessExpressionSyntax member, InvocationExpressionSyntax call, Frame frame)
    {
        var name = member.Name.Identifier.ValueText;
        if (member.Expression is ThisExpressionSyntax)
        {
            return Own(name, call, frame);
        }
        if (member.Expression is BaseExpressionSyntax)
        {
            return frame.Class.Base is { } parent && run.Classes.Find(parent) is { } above && MethodIn(above, name, call.ArgumentList.Arguments.Count, asWritten: true) is { } inherited
                ? Called(inherited, call, frame) : frame.Class.Base is null or "Migration" ? null : run.NotFollowed(call, frame, $"no method `{name}` is in the project");
        }
        var receiver = expressions.Of(member.Expression, frame);
        switch (receiver)
        {
            case Builder:
                return OnBuilder(name, member, call, frame);
            case OperationNode operation:
                return operation.Annotated(name, Arguments(call, frame)) ? operation : run.NotFollowed(call, frame, $"`{name}` is no method of EF's");
            case TableBuilder table:
                return table.Call(name, member.Name, call, Bound(call, frame)) ?? (object)run.NotFollowed(call, frame, $"`{name}` is no method of EF's");
            case Function function when name == "Invoke":
                return Called(function, call, frame);
            case TypeName or MemberName:
                return OnType(receiver is TypeName type ? type.Name : ((MemberName)receiver).Name, receiver, name, call, frame);
            case Items items when call.ArgumentList.Arguments is [{ Expression: LambdaExpressionSyntax lambda }] && name is "ForEach" or "Select":
                var body = (Function)expressions.Of(lambda, frame)!;
                return new Items([.. items.Values.Select(value => run.Call(body, [value], call, frame.Depth))]);
        }
        var arguments = Arguments(call, frame);
        if (receiver is Items list && name is "Add" or "AddRange" && arguments is [var more])
        {
            list.Add(name == "Add" ? [more] : more is Items all ? all.Values : [Unread.Computed]);
            return null;
        }
        return receiver is not (null or Unread) && Library.Method(receiver, name, arguments) is { } answer ? answer
            : Extension(name, receiver, call, frame) is { } extended ? extended.Value
            : run.NotFollowed(call, frame, receiver is Unread unread ? unread.Why : Unread.Computed.Why);
    }

    private object? OnType(string type, object? receiver, string name, InvocationExpressionSyntax call, Frame frame)
    {
        var arguments = call.ArgumentList.Arguments.Count;
        if (receiver is TypeName && run.Classes.Find(type) is { } holder && MethodIn(holder, name, arguments) is { } method)
        {
            return Called(method, call, frame);
        }
        var values = Arguments(call, frame);
        return (type, name, values) switch
        {
            ("File", "ReadAllText", [string path, ..]) => ProjectText.At(run.Classes.Tree, run.File, path) ?? (object)new Unread($"there is no file `{path.Replace(Library.Base, "", StringComparison.Ordinal).TrimStart('/')}`"),
            ("File", "OpenText" or "OpenRead", [string path, ..]) => ProjectText.At(run.Classes.Tree, run.File, path) is { } text ? new OpenText(text) : new Unread($"there is no file `{path.Replace(Library.Base, "", StringComparison.Ordinal).TrimStart('/')}`"),
            (_, "GetManifestResourceStream", [.., string resource]) => ProjectText.Resource(run.Classes.Tree, resource) is { } text ? new OpenText(text) : new Unread($"there is no resource `{resource}`"),
            _ => Library.Static(type, name, values)
                ?? (receiver is MemberName ? Library.Method(receiver, name, values) : null)
                ?? run.NotFollowed(call, frame, Unread.Computed.Why),
        };
    }

    private (object? Value, bool Found)? Extension(string name, object? receiver, InvocationExpressionSyntax call, Frame frame)
    {
        var arguments = call.ArgumentList.Arguments.Count + 1;
        var all = run.Classes.Extensions(name).Where(each => SourceClass.Takes(each.Method, arguments)).ToArray();
        var ofReceiver = all.Where(each => each.Method.ParameterList.Parameters[0].Type is { } type && SourceClass.NameOf(type) == MigrationBuilder == receiver is Builder).ToArray();
        var exact = ofReceiver.Where(each => each.Method.ParameterList.Parameters.Count == arguments).ToArray();
        return (exact.Length > 0 ? exact : ofReceiver.Length > 0 ? ofReceiver : all) is [var (method, holder), ..] among
            ? (Called(Chosen(method, holder, among.Length), call, frame, receiver, extends: true), true) : null;
    }

    private object? OnBuilder(string name, MemberAccessExpressionSyntax member, InvocationExpressionSyntax call, Frame frame)
    {
        if (name is "IsNpgsql" or "IsSqlServer" or "IsSqlite" or "IsMySql" or "IsInMemory" or "IsOracle")
        {
            var provider = name == "IsNpgsql" ? "PostgreSQL" : name[2..];
            return run.Provider.EndsWith(provider, StringComparison.OrdinalIgnoreCase) || (provider == "MySql" && run.Provider.StartsWith("MySql.", StringComparison.Ordinal));
        }
        if (BuilderMethods.ParametersOf(name) is null)
        {
            return Extension(name, Builder.Value, call, frame) is { } extended ? extended.Value
                : run.NotFollowed(call, frame, $"`{name}` is neither EF's nor in the project");
        }
        var operation = BuilderMethods.Read(name, member.Name, call, Bound(call, frame), expressions, frame);
        // A method of the project's that has the name of one of EF's.
        if (operation.Why is not null && Extension(name, Builder.Value, call, frame) is { } own)
        {
            return own.Value;
        }
        run.Add(operation);
        return operation;
    }

    private object?[] Arguments(InvocationExpressionSyntax call, Frame frame) => [.. call.ArgumentList.Arguments.Select(argument => expressions.Of(argument.Expression, frame))];

    private IReadOnlyList<Argument> Bound(InvocationExpressionSyntax call, Frame frame) =>
        [.. call.ArgumentList.Arguments.Select(argument => new Argument(argument.NameColon?.Name.Identifier.ValueText, argument.Expression, argument.Expression is LambdaExpressionSyntax ? null : expressions.Of(argument.Expression, frame)))];
}
