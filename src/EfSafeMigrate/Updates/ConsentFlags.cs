namespace EfSafeMigrate.Updates;

/// <summary>What the command line says in place of a person at a prompt.</summary>
internal sealed record ConsentFlags
{
    /// <summary>The database the caller means.</summary>
    public string? ExpectDatabase { get; init; }

    /// <summary>Hash of the plan that may run.</summary>
    public string? Approve { get; init; }

    /// <summary>Hash of the plan that may run and destroy data.</summary>
    public string? ApproveDestructive { get; init; }

    public string? Reason { get; init; }

    /// <summary>Migrations, by id or name, that may destroy data where nothing is protected.</summary>
    public IReadOnlyList<string> AcceptDataLoss { get; init; } = [];

    /// <summary>The run may start on a schema that other hands have changed; never without a reason.</summary>
    public bool AcceptDrift { get; init; }

    /// <summary>The answer to a question of yes or no at a terminal.</summary>
    public bool Yes { get; init; }

    /// <summary>A signed approval whose signature holds.</summary>
    public Approved? Signed { get; init; }
}

/// <summary>Asks a person, who may give up.</summary>
internal delegate Task<string?> Prompt(string question, CancellationToken cancellation);
