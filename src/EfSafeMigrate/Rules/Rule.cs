using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Rules;

/// <summary>
/// One hazard. The id is the class name in kebab case without the suffix; reflection finds the class, so there is no list to edit.
/// The five texts are the rule's generated page.
/// </summary>
internal abstract class Rule
{
    private const string Suffix = nameof(Rule);

    protected Rule() => Id = IdOf(GetType());

    public string Id { get; }

    public abstract Category Category { get; }

    /// <summary>One line: what the rule is about.</summary>
    public abstract string Title { get; }

    /// <summary>When the rule speaks.</summary>
    public abstract string Condition { get; }

    /// <summary>What goes wrong.</summary>
    public abstract string Effect { get; }

    /// <summary>What to do instead.</summary>
    public abstract string Workaround { get; }

    /// <summary>True when the rule also speaks of changes to tables that the change set itself creates.</summary>
    public virtual bool SeesNewTables => false;

    /// <summary>True when the rule speaks of a change only where no other rule does: what has no rule of its own is judged all the same.</summary>
    public virtual bool OnlyWhenSilent => false;

    /// <summary>True for a rule about what surrounds the change: what the change itself does is still to be told.</summary>
    public virtual bool SpeaksOfSurroundings => false;

    /// <summary>True for a rule about the session that carries a text out: said once, however many migrations the text holds.</summary>
    public virtual bool SpeaksOfSession => false;

    /// <summary>True for a rule that says why the engine refuses a change: what is said of refusals in general is left out then.</summary>
    public virtual bool ExplainsRefusal => false;

    /// <summary>True for advice on design: it is given to those who ask for it, and no exit code comes of it.</summary>
    public virtual bool OnRequest => false;

    /// <summary>Judges one change; nothing returned means the rule has nothing to say.</summary>
    public abstract IEnumerable<Finding> Judge(Situation situation);

    public static string IdOf(Type rule) => rule.Name[..^Suffix.Length].ToKebab();

    /// <summary>A finding about the situation's own change, with everything the situation tells filled in.</summary>
    protected Finding Find(Situation situation, Severity severity, string message, string evidence, Cure cure) =>
        new(severity, message, evidence, cure)
        {
            Rule = Id,
            Category = Category,
            IsAdvice = OnRequest,
            Origin = situation.Change.Origin,
            Table = situation.Change.Target,
            Column = situation.Change.TargetColumn,
            Lock = situation.Impact.Locks.Count == 0 ? null : situation.Impact.Locks[0].Mode,
            Blocks = situation.Impact.Blocks,
            Estimate = situation.Estimate,
        };
}
