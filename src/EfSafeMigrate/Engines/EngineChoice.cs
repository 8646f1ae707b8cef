namespace EfSafeMigrate.Engines;

/// <param name="Others">Engines behind the same provider, when nothing says which one it is.</param>
internal sealed record EngineChoice(Engine Engine, EngineBasis Basis, IReadOnlyList<Engine> Others)
{
    public EngineChoice(Engine engine, EngineBasis basis) : this(engine, basis, []) { }
}

/// <summary>By what an engine was known: the provider has no other, or one of several was named by …</summary>
internal enum EngineBasis { Provider, Server, Options, Settings, Assumed }

/// <summary>What is said of a server behind a provider that serves several engines; null where nothing is.</summary>
internal sealed record EngineHints
{
    /// <summary>What the server calls itself.</summary>
    public string? Server { get; init; }

    /// <summary>The version that the context's options name.</summary>
    public string? Options { get; init; }

    /// <summary>Id of the engine in the settings.</summary>
    public string? Settings { get; init; }
}

/// <summary>How a server is told from one of another engine behind the same provider.</summary>
/// <param name="Ask">One value; every engine of the provider understands the question.</param>
/// <param name="IsOwn">True when a server of this engine calls itself so.</param>
internal sealed record Recognition(Ask Ask, Func<string, bool> IsOwn);
