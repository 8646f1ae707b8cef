namespace EfSafeMigrate.Uses;

/// <summary>What must change in code, by the phase before which it has to be done; null where nothing must.</summary>
/// <param name="Between">While both shapes live: the releases between expand and contract.</param>
internal sealed record Duties(string? BeforeExpand, string? Between, string? BeforeContract)
{
    private static readonly Duties None = new(null, null, null);

    public static Duties Of(TouchedName touched, UseKind kind) => touched.Touch switch
    {
        Touch.DroppedColumn => Dropped(touched, kind),
        Touch.RenamedColumn => Renamed(touched, kind),
        Touch.ChangedType when touched.IsWider => kind == UseKind.Configuration ? new(null, $"give the property the type {touched.NewType}", null) : None,
        Touch.ChangedType => Retyped(touched, kind),
        Touch.Required => Required(touched, kind),
        Touch.Optional => Optional(touched, kind),
        Touch.DroppedTable => DroppedTable(touched, kind),
        _ => RenamedTable(touched, kind),
    };

    private static Duties Dropped(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Write => new(null, $"stop writing {touched.Spoken}; where it is NOT NULL, it needs a default first", $"no running release writes {touched.Spoken}"),
        UseKind.Sql => new(null, $"take {touched.Column} out of the SQL", $"no running release names {touched.Column} in SQL: it fails from then on"),
        UseKind.Configuration => new(null, "release the model without the property", $"no running release maps {touched.Spoken}"),
        UseKind.SerializedName => new(null, "agree with those who read the name that it goes", "nobody expects the name"),
        _ => new(null, $"stop using {touched.Spoken}", $"no running release uses {touched.Spoken}"),
    };

    private static Duties Renamed(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Sql => new(null, $"both names live: write {touched.NewName} in the SQL", $"no running release names {touched.Column} in SQL: it fails from then on"),
        UseKind.Configuration => new(null, $"both names live: map the property to {touched.NewName}", $"no running release maps {touched.Column}"),
        UseKind.SerializedName => new(null, "the name in documents is its own: keep it, or serve both", null),
        _ => new(null, $"both names live: a release mapped to {touched.NewName} needs no other change here", $"no running release is mapped to {touched.Column}"),
    };

    private static Duties Retyped(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Sql => new(null, $"see that literals, casts and parameters fit {touched.NewType}", $"no running release sends or expects another type than {touched.NewType} in SQL"),
        UseKind.Configuration => new(null, $"give the property the type {touched.NewType}", $"every running release maps {touched.NewType}"),
        UseKind.SerializedName => new(null, "see that those who read the document take the new type", null),
        UseKind.Write => new($"write only what {touched.NewType} can hold", $"write it as {touched.NewType}", $"every running release writes {touched.NewType}"),
        _ => new(null, $"read it as {touched.NewType}; check arithmetic, comparisons and what it is copied to", $"every running release reads {touched.NewType}"),
    };

    private static Duties Required(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Write => new("always write a value, never null", null, "no running release writes null: it fails from then on"),
        UseKind.Sql => new($"INSERT and UPDATE give {touched.Column} a value, never NULL", null, "no running release writes NULL in SQL: it fails from then on"),
        UseKind.Configuration => new(null, "the property is required from the next release on", null),
        _ => None,
    };

    private static Duties Optional(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Write or UseKind.SerializedName => None,
        UseKind.Configuration => new("the property is optional", null, null),
        UseKind.Sql => new($"what reads {touched.Column} expects NULL", null, null),
        _ => new("expect null here, before any release writes one", null, null),
    };

    private static Duties DroppedTable(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Sql => new(null, $"take {touched.Table} out of the SQL", $"no running release names {touched.Table} in SQL: it fails from then on"),
        UseKind.Configuration => new(null, "release the model without the entity", $"no running release maps {touched.Table}"),
        UseKind.Write => new(null, $"stop writing {touched.Table}", $"no running release writes {touched.Table}"),
        _ => new(null, $"stop using {touched.Table}", $"no running release uses {touched.Table}"),
    };

    private static Duties RenamedTable(TouchedName touched, UseKind kind) => kind switch
    {
        UseKind.Sql => new(null, $"both names live: write {touched.NewName} in the SQL", $"no running release names {touched.Table} in SQL: it fails from then on"),
        UseKind.Configuration => new(null, $"both names live: map the entity to {touched.NewName}", $"no running release maps {touched.Table}"),
        _ => new(null, $"both names live: a release mapped to {touched.NewName} needs no other change here", $"no running release is mapped to {touched.Table}"),
    };
}
