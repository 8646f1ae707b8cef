using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Engines.MySql;

/// <summary>Where MySQL and MariaDB part: everything else they do alike.</summary>
internal sealed record MySqlTraits
{
    public required Func<EngineVersion, Basis> Basis { get; init; }

    /// <summary>The server's own word.</summary>
    public required Func<Algorithm, LockLevel, string> Mode { get; init; }

    /// <summary>A column is added, given whether it stands at the end.</summary>
    public required Func<EngineVersion, bool, Way> AddColumn { get; init; }

    /// <summary>A column of no index is dropped.</summary>
    public required Func<EngineVersion, Way> DropColumn { get; init; }

    /// <summary>A column beside the hidden one that a dropped full-text index has left; null where nothing is known of it.</summary>
    public Way? AfterFullText { get; init; }

    /// <summary>By whether every index over the column goes with it; one with other columns has to be built anew.</summary>
    public required Func<bool, Way> DropIndexedColumn { get; init; }

    /// <summary>A column does not leave a unique key of several while the key is there; otherwise the key goes on with those that stay.</summary>
    public required bool KeepsUniqueColumns { get; init; }

    public required Func<EngineVersion, Way> RenameColumn { get; init; }

    /// <summary>A column moves among the others.</summary>
    public required Way Reorder { get; init; }

    /// <summary>A text column gets longer, given the bytes before and after.</summary>
    public required Func<long, long, Way> Widen { get; init; }

    /// <summary>Another character set, given the names before and after.</summary>
    public required Func<string, string, Way> Charset { get; init; }

    /// <summary>Another collation of the same character set, given whether the column is in an index.</summary>
    public required Func<bool, Way> Collation { get; init; }

    public required Way DropIdentity { get; init; }

    /// <summary>The primary key goes and none takes its place in the same statement, given whether a unique key over columns that are NOT NULL does.</summary>
    public required Func<bool, Way> DropPrimaryKey { get; init; }

    /// <summary>Names, comments, defaults of the table; a foreign key is dropped.</summary>
    public required Way Light { get; init; }

    /// <summary>A column is added to, or dropped from, a table with a FULLTEXT index.</summary>
    public required Way BesideFullText { get; init; }

    /// <summary>A column is added with a CHECK of its own.</summary>
    public required Way AddCheckedColumn { get; init; }

    /// <summary><c>REFERENCES</c> behind a column makes a foreign key; otherwise it is read and forgotten.</summary>
    public required Func<EngineVersion, bool> InlineReferences { get; init; }

    /// <summary>Rows without a value get the zero of the type.</summary>
    public required Func<EngineVersion, Basis> Zeros { get; init; }

    /// <summary>Where the manual says that it is forgotten.</summary>
    public required Uri InlineReferencesPage { get; init; }

    public Unheeded? UnheededIn(Change change, EngineVersion version) => InlineReferences(version) ? null : change switch
    {
        AddColumn add when add.Inline.OfType<AddForeignKey>().FirstOrDefault() is { } key => Forgotten(key.ForeignKey),
        CreateTable create when create.Definition.ForeignKeys.FirstOrDefault(key => key.Inline) is { } key => Forgotten(key),
        _ => null,
    };

    private Unheeded Forgotten(ForeignKey key) => new($"REFERENCES {key.Principal}", new(null, InlineReferencesPage));

    /// <summary>A default that differs from row to row; what is not one has its value once for all rows.</summary>
    public required Func<Default, bool> IsVolatile { get; init; }

    /// <summary>NULLs are refused when a column becomes NOT NULL; otherwise they turn into zero or an empty text by a copy.</summary>
    public required Way NotNullWithoutStrictMode { get; init; }

    /// <summary>A copy lets writers through.</summary>
    public required Func<EngineVersion, bool> CopiesOnline { get; init; }
}
