namespace EfSafeMigrate.Engines.MySql;

/// <summary>The values of <c>ALGORITHM=</c>, the cheapest first. NOCOPY is MariaDB's word for an INPLACE that leaves the rows alone.</summary>
internal enum Algorithm { Instant, NoCopy, Inplace, Copy }

/// <summary>The values of <c>LOCK=</c>: what others can still do meanwhile.</summary>
internal enum LockLevel { None, Shared, Exclusive }

/// <summary>How the server carries out an alteration: the cheapest algorithm it accepts, the weakest lock with it, and the work.</summary>
internal sealed record Way(Algorithm Algorithm, LockLevel Lock, Work Work)
{
    private const Work Everything = Work.Rewrite | Work.IndexBuild;

    public static readonly Way Instant = new(Algorithm.Instant, LockLevel.None, Work.Metadata);

    /// <summary>Not instant by name, but nothing that grows with the rows.</summary>
    public static readonly Way Light = new(Algorithm.NoCopy, LockLevel.None, Work.Metadata);
    public static readonly Way Build = new(Algorithm.NoCopy, LockLevel.None, Work.IndexBuild);
    public static readonly Way Rebuild = new(Algorithm.Inplace, LockLevel.None, Everything);
    public static readonly Way Copy = new(Algorithm.Copy, LockLevel.Shared, Everything);

    /// <summary>The change is to the columns' order or number, which an index cannot be built beside without writing the rows anew.</summary>
    public bool Reshapes { get; init; }

    /// <summary>Both in one statement, which is carried out as the dearer of them asks.</summary>
    public Way With(Way other)
    {
        var rebuilt = (Reshapes && other.Builds) || (other.Reshapes && Builds);
        var both = new Way(Max(Algorithm, other.Algorithm), Max(Lock, other.Lock), Work | other.Work) { Reshapes = Reshapes || other.Reshapes };
        return rebuilt ? both with { Algorithm = Max(both.Algorithm, Algorithm.Inplace), Work = both.Work | Everything } : both;
    }

    /// <summary>True when it takes as much as the other.</summary>
    public bool Takes(Way other) => Algorithm >= other.Algorithm && Lock >= other.Lock && (Work & other.Work) == other.Work;

    public Blocks Blocks => Lock switch { LockLevel.None => Blocks.Nothing, LockLevel.Shared => Blocks.Writes, _ => Blocks.ReadsAndWrites };

    private bool Builds => Work == Work.IndexBuild;

    private static T Max<T>(T left, T right) where T : struct, Enum => Comparer<T>.Default.Compare(left, right) >= 0 ? left : right;
}
