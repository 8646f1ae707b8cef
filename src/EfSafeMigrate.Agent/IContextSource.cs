using Microsoft.EntityFrameworkCore;

namespace EfSafeMigrate.Agent;

/// <summary>Where the application's contexts come from.</summary>
internal interface IContextSource
{
    /// <summary>Why the application's start-up failed, when it did.</summary>
    string? Startup { get; }

    IReadOnlyList<string> ContextTypes();

    DbContext CreateContext(string fullName);
}
