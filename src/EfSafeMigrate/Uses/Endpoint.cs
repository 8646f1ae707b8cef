using EfSafeMigrate.Projects.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EfSafeMigrate.Uses;

/// <summary>What programs elsewhere can call.</summary>
/// <param name="Name">As a person says it: <c>OrdersController.Get</c>, <c>GET /orders</c>.</param>
/// <param name="Line">One-based.</param>
/// <param name="Handler">The code that answers; null where it stands elsewhere, under <paramref name="Calls"/>.</param>
/// <param name="Calls">The method that answers, where only its name is given.</param>
internal sealed record Endpoint(string Name, CodeFile Code, int Line, SyntaxNode? Handler, ExpressionSyntax? Calls)
{
    public bool IsVersioned { get; init; }
}

/// <summary>A public API that uses what a change touches, itself or by what it calls.</summary>
internal sealed record ApiUse(TouchedName Touched, Endpoint Endpoint);
