using System.Collections.Frozen;
using EfSafeMigrate.Changes;

namespace EfSafeMigrate.Sql;

/// <summary>
/// Walks the tokens of a statement. The first failure sticks: from then on nothing matches and the cursor stands at its end,
/// so recognisers need not check after every word.
/// </summary>
internal sealed class Cursor
{
    private const int DeepestNesting = 40;
    private const int MostBodies = 500;

    private readonly Script script;
    private readonly int end;
    private readonly Trouble trouble;
    private readonly Effort effort;
    private int at;

    public Cursor(Script script, int from, int to, DatabaseModel model)
        : this(script, (from, to), model, new(), new()) => Start = 0;

    private Cursor(Script script, (int From, int To) range, DatabaseModel model, Trouble trouble, Effort effort)
    {
        this.script = script;
        this.trouble = trouble;
        this.effort = effort;
        (at, end) = range;
        Model = model;
    }

    public SqlDialect Dialect => script.Dialect;

    /// <summary>The schema before what is read next.</summary>
    public DatabaseModel Model { get; set; }

    /// <summary>What the variables of the batch hold, as far as the text tells.</summary>
    public Variables Variables { get; init; } = new();

    /// <summary>Inside a procedural block, where <c>SELECT … INTO</c> fills a variable.</summary>
    public bool InBlock { get; init; }

    /// <summary>How many statements this one stands in.</summary>
    public int Depth { get; private set; }

    /// <summary>Where this text starts in the whole; null when it does not stand there as it is.</summary>
    public int? Start { get; private init; }

    public string? Failure => trouble.Why;

    public bool Ok => trouble.Why is null;

    public bool AtEnd => !Ok || at >= end;

    public Token Current => Ahead(0);

    public Token Ahead(int by) => Ok && at + by < end && at + by >= 0 ? script.Tokens[at + by] : Token.None;

    /// <summary>Goes one statement deeper. Each level costs stack, and nobody writes statements this deep.</summary>
    public void Enter()
    {
        if (++Depth > DeepestNesting)
        {
            Fail("the statement is nested too deeply");
        }
    }

    /// <summary>A cursor over a text that stands inside this one as a string, or that a call runs.</summary>
    /// <param name="inside">Where it starts in this text.</param>
    public Cursor Body(string sql, int? inside = null)
    {
        if (++effort.Bodies > MostBodies)
        {
            Fail("it calls too much to be followed");
        }
        var body = Tokenizer.Read(sql, Dialect);
        return new(body, (0, body.Tokens.Count), Model, trouble, effort) { InBlock = true, Depth = Depth, Variables = Variables, Start = Start + inside };
    }

    /// <summary>What follows the two words in an earlier statement of the text, the last that has them; null when none has.</summary>
    public Cursor? Earlier(string first, string second)
    {
        for (var index = at - 2; index >= 0; index--)
        {
            if (script.Tokens[index].Is(first) && script.Tokens[index + 1].Unquoted().Equals(second, StringComparison.OrdinalIgnoreCase))
            {
                var stop = Enumerable.Range(index, at - index).First(each => each == at - 1 || script.Tokens[each].Is(";"));
                return Part(index + 2, stop);
            }
        }
        return null;
    }

    /// <summary>What comments say of the statement that was read since a mark.</summary>
    public IReadOnlyList<Waiver> Waivers(int mark) => WaiverComments.Of(script, mark, at, Start);

    /// <summary>Every comment of this text.</summary>
    public IReadOnlyList<Waiver> AllWaivers() => WaiverComments.All(script, Start);

    public void Fail(string why) => trouble.Why ??= why;

    public void FailHere() => Fail(at < end ? $"`{Current.Raw}` is not understood at this place" : "the statement ends too early");

    /// <summary>Do these words, separated by spaces, stand here?</summary>
    public bool At(string words)
    {
        var rest = words.AsSpan();
        for (var ahead = 0; !rest.IsEmpty; ahead++)
        {
            var space = rest.IndexOf(' ');
            var word = space < 0 ? rest : rest[..space];
            if (!Ahead(ahead).Is(word))
            {
                return false;
            }
            rest = space < 0 ? [] : rest[(space + 1)..];
        }
        return Ok;
    }

    public bool AtAny(FrozenSet<string> words) => Current.Kind is TokenKind.Word or TokenKind.Symbol or TokenKind.Terminator && words.Contains(Current.Raw);

    public bool Take(string words)
    {
        if (!At(words))
        {
            return false;
        }
        at += words.Count(c => c == ' ') + 1;
        return true;
    }

    /// <summary>Takes the first of several forms that stands here.</summary>
    public string? TakeAny(params string[] forms) => forms.FirstOrDefault(Take);

    public void Need(string words)
    {
        if (!Take(words))
        {
            FailHere();
        }
    }

    public Token Next()
    {
        var token = Current;
        if (token.Kind == TokenKind.End)
        {
            FailHere();
        }
        at++;
        return token;
    }

    /// <summary>The inside of the parentheses that open here.</summary>
    public Cursor Group()
    {
        var open = at;
        Need("(");
        var close = Matching(open);
        if (!Ok || close < 0)
        {
            Fail("a parenthesis is not closed");
            return Part(end, end);
        }
        at = close + 1;
        return Part(open + 1, close);
    }

    /// <summary>What is left, cut at the commas outside parentheses.</summary>
    public IReadOnlyList<Cursor> Parts()
    {
        var parts = new List<Cursor>();
        var (from, depth) = (at, 0);
        for (var i = at; i < end; i++)
        {
            depth += Nesting(script.Tokens[i]);
            if (depth == 0 && script.Tokens[i].Is(","))
            {
                parts.Add(Part(from, i));
                from = i + 1;
            }
        }
        parts.Add(Part(from, end));
        at = end;
        return parts;
    }

    /// <summary>
    /// Takes an expression of at least one token up to one of the words outside parentheses, and returns it on one line without comments.
    /// </summary>
    public string Until(FrozenSet<string> stops)
    {
        var (from, depth) = (at, 0);
        while (!AtEnd && (at == from || depth > 0 || !AtAny(stops) || Ahead(-1).Is(".")))
        {
            depth = Math.Max(0, depth + Nesting(Current) + (Current.Is("CASE") ? 1 : depth > 0 && Current.Is("END") ? -1 : 0));
            at++;
        }
        if (from == at)
        {
            FailHere();
        }
        return TextBetween(from, at);
    }

    public string Rest()
    {
        var text = TextBetween(at, end);
        at = end;
        return text;
    }

    /// <summary>The text from an earlier <see cref="Mark"/> up to here.</summary>
    public string Since(int mark) => TextBetween(mark, at);

    public int Mark() => at;

    /// <summary>A second cursor over what is left, which leaves this one where it is.</summary>
    public Cursor Fork() => Part(at, end);

    /// <summary>A second cursor over what was read since a mark.</summary>
    public Cursor Read(int mark) => Part(mark, at);

    public void Done()
    {
        if (!AtEnd)
        {
            FailHere();
        }
    }

    /// <summary>A second cursor over what was read since a mark, whose failure stays its own.</summary>
    public Cursor Detached(int mark) => new(script, (mark, at), Model, new(), effort) { InBlock = InBlock, Depth = Depth, Variables = Variables, Start = Start };

    /// <summary>The statement that begins here, where no terminator says how far it goes; its failure stays its own.</summary>
    public Cursor Piece()
    {
        var from = at;
        at = Math.Max(at + 1, TSqlEnd.Of(script.Tokens, at, end));
        return new(script, (from, at), Model, new(), effort) { InBlock = true, Depth = Depth, Variables = Variables, Start = Start };
    }

    /// <summary>Passes the condition of an <c>IF</c> or <c>WHILE</c>, up to the statement behind it.</summary>
    public void PassCondition() => at = TSqlEnd.OfCondition(script.Tokens, at, end);

    private Cursor Part(int from, int to) => new(script, (from, to), Model, trouble, effort) { InBlock = InBlock, Depth = Depth, Variables = Variables, Start = Start };

    private string TextBetween(int from, int to) => Ok && from < to ? script.Text(from, to) : "";

    private int Matching(int open)
    {
        var depth = 0;
        for (var i = open; i < end; i++)
        {
            depth += script.Tokens[i].Is("(") ? 1 : script.Tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }
        return -1;
    }

    private static int Nesting(Token token) =>
        token.Is("(") || token.Is("[") ? 1 : token.Is(")") || token.Is("]") ? -1 : 0;

    private sealed class Trouble
    {
        public string? Why { get; set; }
    }

    /// <summary>How many texts inside this statement were opened: calls that call each other double at every step.</summary>
    private sealed class Effort
    {
        public int Bodies { get; set; }
    }
}
