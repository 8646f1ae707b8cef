namespace EfSafeMigrate.Uses;

/// <summary>How code uses a table or a column; what says more stands first.</summary>
internal enum UseKind { Sql, Configuration, SerializedName, Write, Mapping, Query, Read }

/// <summary>The part of an application in which code stands.</summary>
internal enum CodePlace { Api, Service, Repository, BackgroundJob, Test, Configuration, Other }

/// <summary>A line of code that uses what a change touches.</summary>
/// <param name="File">Full path.</param>
/// <param name="Line">One-based.</param>
/// <param name="Text">The expression, or the line of it that says most.</param>
internal sealed record CodeUse(TouchedName Touched, UseKind Kind, CodePlace Place, string File, int Line, string Text)
{
    /// <summary>Where in the file it begins.</summary>
    public int Position { get; init; }

    public Duties Duties => Duties.Of(Touched, Kind);
}
