namespace EfSafeMigrate.Projects.Source;

/// <param name="Text">Of a Designer, the part in front of the model.</param>
internal sealed record SourceText(string File, string Text);
